using System.Net;
using System.Net.Sockets;
using Nadhir.Formats.CursorOnTarget;

namespace Nadhir.Tak;

/// <summary>
/// Sends events as datagrams, one each, to a group or an address. Nobody answers: the link is up as long as the network
/// takes them.
/// </summary>
sealed class TakMesh(TakTransport.Mesh mesh) : ITakPeer, IDisposable
{
    /// <summary>Routers a datagram to a group may pass.</summary>
    const int Hops = 4;
    /// <summary>What fits into a datagram.</summary>
    const int MostBytes = 65_507;

    readonly Socket socket = Open(mesh);

    public async Task Send(CotEvent told, CancellationToken stopping)
    {
        byte[] bytes = mesh.Protobuf
            ? TakProtobuf.WriteMesh(new(new(TakProtobuf.Version, TakProtobuf.Version, ""), told))
            : CotXmlWriter.Write(told);
        if (bytes.Length > MostBytes)
            throw new IOException($"an event of {bytes.Length} bytes does not fit into a datagram");
        try
        {
            await socket.SendToAsync(bytes, SocketFlags.None, mesh.Target, stopping);
        }
        catch (SocketException fault)
        {
            throw new IOException($"{mesh.Target}: {fault.Message}", fault);
        }
    }

    public void Dispose() => socket.Dispose();

    static Socket Open(TakTransport.Mesh mesh)
    {
        Socket opened = new(mesh.Target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (mesh.Target.AddressFamily != AddressFamily.InterNetwork) return opened;
        opened.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, Hops);
        if (!mesh.Address.Equals(IPAddress.Any))
            opened.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface,
                mesh.Address.GetAddressBytes());
        return opened;
    }
}
