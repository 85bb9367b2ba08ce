"""A stand-in for the Hugging Face Hub on loopback, for the clients that users have."""

from hub.serving import Hub, serve

__all__ = ["Hub", "serve"]
