"""Local stand-ins of Stripe, PayPay and the sample bank. No money moves here.

Another world than the portal's: own process, own SQLite file, own tables, reached by HTTP alone.
``create_sandbox(settings)`` builds it, and refuses when the settings say production.
"""

from payments.sandbox.app import create_sandbox
from payments.sandbox.settings import SandboxRefused, SandboxSettings

__all__ = ["SandboxRefused", "SandboxSettings", "create_sandbox"]
