using System.Text;
using Nadhir.Commands;
using Nadhir.Formats.Asterix;

namespace Nadhir.Tests.Commands;

public sealed class DecodeCommandTests : IDisposable
{
    readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    (int Exit, string Output, string Errors) Decode(byte[] file, string format = "asterix", string[]? editions = null, bool explain = false)
    {
        File.WriteAllBytes(path, file);
        using MemoryStream output = new();
        using StringWriter errors = new();
        int exit = DecodeCommand.Run(path, format, editions ?? [], explain, output, errors);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Fact]
    public void A_record_becomes_one_line_with_names_of_the_standard_and_SI_units()
    {
        (int exit, string output, string errors) = Decode(ServiceMessages.SectorCrossing(25, 2, 43200.5, 64, 5));
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(
            """{"offset":3,"category":34,"edition":"1.29","sac":25,"sic":2,"items":{"010":{"SAC":25,"SIC":2},"000":2,"030":43200.5,"020":90,"041":5}}""" + "\n",
            output);
    }

    [Fact]
    public void Explained_numbers_say_unit_and_meaning()
    {
        string output = Decode(ServiceMessages.NorthMarker(25, 2, 1, 5), explain: true).Output;
        Assert.Contains("\"000\":{\"value\":1,\"means\":\"North marker message\"}", output, StringComparison.Ordinal);
        Assert.Contains("\"041\":{\"value\":5,\"unit\":\"s\"}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_block_is_told_with_its_offset_and_the_exit_code()
    {
        byte[] good = ServiceMessages.NorthMarker(25, 2, 1, 5);
        byte[] damaged = [34, 0, 5, 0xFF, 0xFF];
        (int exit, string output, string errors) = Decode([.. good, .. damaged, .. good]);
        Assert.Equal(1, exit);
        Assert.Equal(2, output.Count(character => character == '\n'));
        Assert.StartsWith("12: Truncated, 5 bytes passed over (CAT 034", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", null)]
    [InlineData("asterix", "21")]
    [InlineData("asterix", "21=77.1")]
    [InlineData("asterix", "999=1.0")]
    public void Bad_usage_is_told_apart(string format, string? edition)
    {
        (int exit, string output, string errors) = Decode([], format, edition is null ? [] : [edition]);
        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void The_edition_told_is_the_edition_read()
    {
        byte[] block = ServiceMessages.NorthMarker(25, 2, 1, 5);
        Assert.Contains("\"edition\":\"1.27\"", Decode(block, editions: ["34=1.27"]).Output, StringComparison.Ordinal);
        // Not held, but read by the next newer one.
        Assert.Contains("\"edition\":\"1.29\"", Decode(block, editions: ["34=1.28"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_bad_usage()
    {
        using MemoryStream output = new();
        using StringWriter errors = new();
        Assert.Equal(2, DecodeCommand.Run(path + "-missing", "asterix", [], false, output, errors));
        Assert.Contains("missing", errors.ToString(), StringComparison.Ordinal);
    }
}
