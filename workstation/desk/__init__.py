"""What the trader's orders pass through: gates, the order desk, the books. Asyncio, no Qt."""
