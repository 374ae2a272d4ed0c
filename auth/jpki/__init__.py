"""公的個人認証サービス (JPKI): the certificates of the My Number card and their verification."""
