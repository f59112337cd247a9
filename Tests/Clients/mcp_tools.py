# SPDX-License-Identifier: GPL-3.0-or-later
"""The PyPI client mcp, unchanged: the daemon's tools through `utter mcp`, and over HTTP. Part of clients.py."""

import asyncio
import json
import time

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client


async def use(session, watcher):
    greeting = await session.initialize()
    tools = [tool.name for tool in (await session.list_tools()).tools]

    async def call(name, **arguments):
        result = await session.call_tool(name, arguments)
        return result.is_error, " ".join(part.text for part in result.content)

    start = time.monotonic()
    report = {
        "server": greeting.server_info.name, "protocol": greeting.protocol_version, "tools": tools,
        "said": await call("say", text="The build has ended.", wait=True),
        "asked": await call("ask", prompt="Why?", speak=False),
        "queued": await call("say", text="This is stopped before it has ended, since it is a long sentence."),
        "stopped": await call("stop"),
        "announced": await call("announce", text="Dinner is ready.", wait=True),
        "mistake": await call("say", txt="x"),
    }
    status = json.loads((await call("status"))[1])
    report["heard"] = [event["event"] for moment, event in watcher.events if moment > start].count("heard")
    report["ok"] = (
        tools == ["say", "announce", "ask", "stop", "status"] and report["said"] == (False, "It was heard.")
        and report["announced"] == (False, "It was heard.") and report["stopped"][1].startswith("Stopped: ")
        and report["mistake"][0] and "txt" in report["mistake"][1] and status["ready"] and report["heard"] >= 2)
    return report


async def through_command(utter, environment, watcher):
    command = StdioServerParameters(command=utter, args=["mcp"], env=environment)
    async with stdio_client(command) as streams, ClientSession(*streams) as session:
        return await use(session, watcher)


async def over_http(port, watcher):
    async with streamable_http_client(f"http://127.0.0.1:{port}/mcp") as streams, ClientSession(*streams) as session:
        return await use(session, watcher)


async def cancelled(utter, environment, watcher):
    """A call that the client no longer waits for stops its answer."""
    command = StdioServerParameters(command=utter, args=["mcp"], env=environment)
    async with stdio_client(command) as streams, ClientSession(*streams) as session:
        await session.initialize()
        start = time.monotonic()
        call = asyncio.create_task(session.call_tool("ask", {"prompt": "Why?"}))
        await asyncio.to_thread(watcher.wait, start, "sound_start")
        cancel = time.monotonic()
        call.cancel()
        moment, event = await asyncio.to_thread(watcher.wait, cancel, "finished", "failed", "stopped")
        return {"ending": event["event"], "silent_after_ms": round((moment - cancel) * 1000), "ok": event["event"] == "stopped"}


def report(utter, port, environment, watcher):
    return {
        "mcp": asyncio.run(through_command(utter, environment, watcher)),
        "mcp over http": asyncio.run(over_http(port, watcher)),
        "mcp cancelled": asyncio.run(cancelled(utter, environment, watcher)),
    }
