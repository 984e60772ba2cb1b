using System.Text.Json;
using Nadhir.Commands;

namespace Nadhir.Tests.Tracking;

public sealed class TrackerBenchTests
{
    static (int Code, string Output) Run(string targets, bool asJson, string? plot = null)
    {
        StringWriter output = new();
        int code = TrackerBench.Run(output, targets, turns: 1, seed: 1, asJson, plot, worthTiming: 1000);
        return (code, output.ToString());
    }

    [Fact]
    public void Each_size_is_a_line_of_json_and_the_law_comes_last()
    {
        string plot = Path.Combine(Path.GetTempPath(), $"nadhir-scaling-{Environment.ProcessId}.svg");
        try
        {
            (int code, string output) = Run("2000,1000,1000", asJson: true, plot);
            string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            JsonElement[] rows = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(0, code);
            Assert.Equal([1000, 2000], rows[..2].Select(row => row.GetProperty("targets").GetInt32()));
            Assert.All(rows[..2], row => Assert.True(row.GetProperty("completeness").GetDouble() > 0.85));
            Assert.True(double.IsFinite(Assert.Single(rows[2..]).GetProperty("exponent").GetDouble()));
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
    public void A_size_that_cannot_be_measured_is_refused(string targets) =>
        Assert.Equal((2, ""), Run(targets, asJson: true));

    [Fact]
    public void A_plot_that_cannot_be_written_is_a_fault_and_the_figures_are_still_told()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "no such folder", "plot.svg");
        (int code, string output) = Run("1000,2000", asJson: false, nowhere);
        Assert.Equal(2, code);
        Assert.Contains("to the power of", output, StringComparison.Ordinal);
    }
}
