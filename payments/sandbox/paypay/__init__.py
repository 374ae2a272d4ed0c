"""The stand-in of the PayPay Open Payment API (``/v2``)."""
