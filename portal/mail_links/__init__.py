"""Links by mail: a verified address begins an application, and a draft goes on elsewhere."""
