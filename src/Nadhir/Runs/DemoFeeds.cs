using System.Net;
using System.Net.Sockets;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Simulation;
using Nadhir.Simulation.Scenarios;

namespace Nadhir.Runs;

/// <summary>
/// The scenario's radars and people at the pace of a clock: datagrams leave over UDP loopback to the ports of the feeds,
/// commands go to the loop as operators' commands do.
/// </summary>
sealed class DemoFeeds(PreparedScenario scenario, WatchLoop loop, ScaledClock clock, IReadOnlyDictionary<string, int> ports)
{
    readonly DutyOfficer people = scenario.People();

    public async Task SendPlots(CancellationToken stopping)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        DateTimeOffset from = clock.GetUtcNow();
        foreach (SimulatedArrival arrival in scenario.Arrivals())
        {
            if (arrival.At < from) continue;
            await Until(arrival.At, stopping);
            await socket.SendToAsync(
                arrival.Bytes, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, ports[arrival.Feed]), stopping);
        }
    }

    /// <summary>The timeline from a moment on; what was before is in the journal already.</summary>
    public async Task GiveCommands(DateTimeOffset from, CancellationToken stopping)
    {
        foreach (TimedCommand command in scenario.Commands)
        {
            if (command.At <= from) continue;
            await Until(command.At, stopping);
            Order(command.Command);
        }
    }

    /// <summary>The simulated people act some time after a decision.</summary>
    public void OnDecision(DateTimeOffset time, Decision decision, CancellationToken stopping)
    {
        foreach (TimedCommand command in people.OnDecision(time, decision)) _ = Later(command, stopping);
    }

    async Task Later(TimedCommand command, CancellationToken stopping)
    {
        try
        {
            await Until(command.At, stopping);
            Order(command.Command);
        }
        catch (OperationCanceledException)
        {
            // The demo ends; so does the duty officer's shift.
        }
    }

    void Order(Command command) =>
        loop.Offer(new Entry(EntryKind.Command, clock.GetUtcNow(), command.By, WatchJson.Encode(command)));

    async Task Until(DateTimeOffset moment, CancellationToken stopping)
    {
        TimeSpan wait = moment - clock.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stopping);
    }
}
