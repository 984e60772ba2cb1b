using System.CommandLine;
using System.Text.Json;
using Nadhir.Commands;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

public sealed class VerifyCommandTests : IDisposable
{
    readonly RecordFolder folder = new();

    public void Dispose() => folder.Dispose();

    static (int Exit, string Output) Run(params string[] arguments)
    {
        StringWriter output = new();
        int exit = VerifyCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = output });
        return (exit, output.ToString());
    }

    [Fact]
    public void An_intact_record_ends_with_zero()
    {
        folder.Sealed(1234);
        (int exit, string output) = Run(folder.Path, "--key", RecordFolder.Key.PublicKey.ToString());
        Assert.Equal(0, exit);
        Assert.Contains("1,234 entries", output, StringComparison.Ordinal);
        Assert.EndsWith("INTACT\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_record_ends_with_one_and_names_the_entry()
    {
        folder.Sealed(50);
        Damage.Run(folder, "UPDATE entries SET payload = x'00' WHERE seq = 12");
        (int exit, string output) = Run(folder.Path, "--json");
        Assert.Equal(1, exit);
        using JsonDocument verdict = JsonDocument.Parse(output);
        JsonElement fault = verdict.RootElement.GetProperty("faults")[0];
        Assert.Equal(("entry", 12), (fault.GetProperty("part").GetString(), fault.GetProperty("seq").GetInt32()));
        Assert.False(verdict.RootElement.GetProperty("intact").GetBoolean());
    }

    [Fact]
    public void The_key_can_be_given_as_a_file()
    {
        folder.Sealed(5);
        Assert.Equal(0, Run(folder.Path, "--key", folder.File(RecordFiles.PublicKey)).Exit);
        Assert.Equal(1, Run(folder.Path, "--key", SigningKey.ForExercise("someone else").PublicKey.ToString()).Exit);
    }

    [Fact]
    public void What_cannot_be_verified_at_all_ends_with_two()
    {
        Assert.Equal(2, Run(folder.File("nowhere")).Exit);
        folder.Sealed(5);
        Assert.Equal(2, Run(folder.Path, "--key", "no key").Exit);
    }
}
