using Nadhir.Tracking;
using Nadhir.Tracking.Trust;

namespace Nadhir.Core.Tests.Desks;

public sealed class ReportTrustTests
{
    static Track Doubted(Track track, ReportTrust trust, string reason) =>
        track with { ReportDoubt = new(trust, reason) };

    [Fact]
    public void Doubt_of_a_reported_position_is_decided_when_it_begins_when_it_grows_and_when_it_ends()
    {
        WatchBench bench = new();
        bench.See(1, 80);
        bench.See(1, 80, 250, t => Doubted(t, ReportTrust.Doubted, "contradicted by R1, 2 km apart"));
        bench.See(1, 80, 250, t => Doubted(t, ReportTrust.Doubted, "contradicted by R1, 3 km apart"));
        bench.See(1, 80, 250, t => Doubted(t, ReportTrust.Refuted, "contradicted by R1 R2, 4 km apart"));
        bench.See(1, 80);
        bench.See(1, 80);
        Assert.Equal(
            [
                (1, ReportTrust.Doubted, "contradicted by R1, 2 km apart"),
                (1, ReportTrust.Refuted, "contradicted by R1 R2, 4 km apart"),
                (1, ReportTrust.Trusted, "nothing speaks against the reported position any more"),
            ],
            bench.All.OfType<ReportTrustChanged>().Select(d => (d.Track, d.Trust, d.Reason)));
    }

    [Fact]
    public void The_decision_reads_back_from_the_journal_as_it_was_written()
    {
        ReportTrustChanged decision = new(7, ReportTrust.Refuted, "contradicted by R1, 12 km apart");
        byte[] written = WatchJson.Encode((Decision)decision);
        Assert.Contains("\"type\":\"track.report\"", System.Text.Encoding.UTF8.GetString(written));
        Assert.Equal(decision, System.Text.Json.JsonSerializer.Deserialize(written, WatchJson.Default.Decision));
    }
}
