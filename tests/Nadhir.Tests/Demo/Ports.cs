using System.Net;
using System.Net.Sockets;

namespace Nadhir.Tests.Demo;

/// <summary>Ports for a demo beside others.</summary>
static class Ports
{
    public static int Free()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>Five UDP ports of its own for each console port, below those the system gives out.</summary>
    public static int UdpBase(int port) => 10_000 + (port % 4_000 * 5);
}
