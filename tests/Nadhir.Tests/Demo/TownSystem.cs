using System.Net;
using System.Net.Sockets;

namespace Nadhir.Tests.Demo;

/// <summary>
/// The whole program over a town with two sirens and one ear that watches over it, and a place far off that nobody sees.
/// </summary>
sealed class TownSystem : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-town-").FullName;
    readonly int ears = Ports.UdpBase(Ports.Free());

    /// <param name="zones">Zones before the town, as YAML.</param>
    /// <param name="town">More keys of the town.</param>
    /// <param name="more">All that differs, as YAML.</param>
    public async Task<NadhirProcess> Start(bool exercise, string more, string zones = "", string town = "")
    {
        int console = Ports.Free(), mqtt = Ports.Free();
        string configuration = await NadhirProcess.Configure(folder, $$$"""
            mqtt: {embedded: {address: 127.0.0.1, port: {{{mqtt}}}}}
            cap: {folder: cap}
            console: {port: {{{console}}}}
            feeds:
              - {id: ears, transport: udp, address: 127.0.0.1, port: {{{ears}}}, format: acoustic-json}
            sensors:
              - {id: EAR-1, kind: acoustic, feed: ears, lat: 33.1, lon: 44.2, range_km: 60, period_s: 1, lost_after_s: 4}
            zones:
            {{{zones}}}
              - {id: town, name: Town, names: {ar: البلدة}, {{{town}}}lat: 33.1, lon: 44.2, radius_km: 5}
              - {id: far, name: Far, names: {ar: البعيدة}, lat: 36, lon: 41, radius_km: 5}
            sirens:
              - {id: S-1, name: Town hall, zone: town, lat: 33.1, lon: 44.2}
              - {id: S-2, name: School, zone: town, lat: 33.11, lon: 44.2}
            {{{more}}}
            """, exercise);
        NadhirProcess nadhir = NadhirProcess.Start(console, "serve", "--config", configuration);
        await nadhir.WaitFor("listening", _ => true);
        return nadhir;
    }

    /// <summary>A node that is there and hears nothing, until it falls silent.</summary>
    public async Task Hear(CancellationToken until)
    {
        using UdpClient node = new();
        using PeriodicTimer ticks = new(TimeSpan.FromMilliseconds(500));
        byte[] nothing = """{"node": "EAR-1", "detections": []}"""u8.ToArray();
        do
        {
            await node.SendAsync(nothing, new IPEndPoint(IPAddress.Loopback, ears), until);
        }
        while (await ticks.WaitForNextTickAsync(until));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
