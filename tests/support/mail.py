"""A mail relay that keeps what it is given: just enough of SMTP (RFC 5321)."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType


class MailSink:
    """Listens on a free port while the ``with`` block lasts.

    ``is_full`` makes it answer every mail with 452, as a relay that is out of space does.
    """

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.is_full = False
        sink = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                sink.talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def address(self) -> str:
        """``host:port``"""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        """One conversation with a client, to its QUIT."""
        line.wfile.write(b"220 sink\r\n")
        for said in line.rfile:
            verb = said.split()[0].upper() if said.split() else b""
            if verb == b"QUIT":
                line.wfile.write(b"221 bye\r\n")
                return
            if verb == b"DATA" and not self.is_full:
                line.wfile.write(b"354 go on\r\n")
                self._keep(line)
            refused = self.is_full and verb in (b"MAIL", b"DATA")
            line.wfile.write(b"452 no space\r\n" if refused else b"250 sink\r\n")

    def _keep(self, line: socketserver.StreamRequestHandler) -> None:
        text = b""
        for row in line.rfile:
            if row == b".\r\n":
                break
            text += row.removeprefix(b".") if row.startswith(b"..") else row
        mail = message_from_bytes(text, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append(mail)

    def __enter__(self) -> "MailSink":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
