//! Mails on their way, through real and broken servers.
