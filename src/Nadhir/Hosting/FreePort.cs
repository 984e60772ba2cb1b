using System.Net;
using System.Net.Sockets;

namespace Nadhir.Hosting;

/// <summary>Asks the system for a port nobody uses now.</summary>
static class FreePort
{
    public static int Tcp()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
