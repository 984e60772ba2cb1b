using System.CommandLine;
using Nadhir.Storage;

namespace Nadhir.Commands;

using Command = System.CommandLine.Command;

/// <summary><c>nadhir bench journal</c>: what this machine's disk gives the journal, as JSON lines.</summary>
static class BenchCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "Which one: journal", DefaultValueFactory = _ => "journal" };
        name.AcceptOnlyFromAmong("journal");
        Option<string?> folder = new("--folder") { Description = "Where to write; the disk that counts" };
        Option<double> seconds = new("--seconds") { Description = "How long each row is measured", DefaultValueFactory = _ => 3 };
        Command command = new("bench", "Our own benchmarks, as JSON") { name, folder, seconds };
        command.SetAction(parsed =>
            JournalBench.Run(parsed.InvocationConfiguration.Output, parsed.GetValue(folder), parsed.GetValue(seconds)));
        return command;
    }
}
