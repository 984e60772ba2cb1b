using System.Text.Json;
using Nadhir.Commands;

namespace Nadhir.Tests.Tracking;

public sealed class TrackerBenchTests
{
    static (int Code, string Output) Run(string targets, bool asJson, string? plot = null)
    {
        StringWriter output = new();
        return (TrackerBench.Run(output, targets, turns: 1, seed: 1, asJson, plot), output.ToString());
    }

    [Fact]
    public void Each_size_is_a_line_of_json_and_the_law_comes_last()
    {
        string plot = Path.Combine(Path.GetTempPath(), $"nadhir-scaling-{Environment.ProcessId}.svg");
        try
        {
            (int code, string output) = Run("3000,1000,1000", asJson: true, plot);
            JsonElement[] rows = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(0, code);
            Assert.Equal([1000, 3000], rows[..2].Select(row => row.GetProperty("targets").GetInt32()));
            Assert.All(rows[..2], row => Assert.True(row.GetProperty("completeness").GetDouble() > 0.85));
            Assert.InRange(Assert.Single(rows[2..]).GetProperty("exponent").GetDouble(), 0.3, 2);
            Assert.StartsWith("<svg", File.ReadAllText(plot), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(plot);
        }
    }

    [Theory]
    [InlineData("10")]
    [InlineData("1000,many")]
    [InlineData("")]
    [InlineData("2000000")]
    public void A_size_that_cannot_be_measured_is_refused(string targets) => Assert.Equal((2, ""), Run(targets, asJson: true));

    [Fact]
    public void A_plot_that_cannot_be_written_is_a_fault_and_the_figures_are_still_told()
    {
        (int code, string output) = Run("1000,2000", asJson: false, Path.Combine(Path.GetTempPath(), "no such folder", "plot.svg"));
        Assert.Equal(2, code);
        Assert.Contains("to the power of", output, StringComparison.Ordinal);
    }
}
