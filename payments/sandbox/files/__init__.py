"""Writers of the settlement files: one module per format, each a pure function values → bytes.

- ``stripe_csv.write(rows)``: Stripe's itemised payout reconciliation report, UTF-8
- ``paypay_csv.write(rows, encoding=…)``: PayPay's transaction CSV, Shift_JIS or UTF-8 with BOM
- ``zengin_deposits.write(notice)``: the bank's 全銀 入金通知, 200-byte records, JIS X 0201
"""
