using System.CommandLine;
using Nadhir.Commands;
using Nadhir.Hosting;

RootCommand root = new("Nadhir, an air-threat warning system: it sees, judges, warns and records. It commands no weapon.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    SirenCommand.Create(),
    RunCommand.Create(),
    ReplayCommand.Create(),
    ReviewCommand.Create(),
    DecodeCommand.Create(),
    CapCommand.Create(),
    TrackCommand.Create(),
    ScoreCommand.Create(),
    CheckConfigCommand.Create(),
    ReportCommand.Create(),
    IngestCommand.Create(),
    IncursionsCommand.Create(),
    DossierCommand.Create(),
    BriefCommand.Create(),
    BenchCommand.Create(),
    WitnessCommand.Create(),
    CustodyCommands.CreateJournal(),
    CustodyCommands.CreateKey(),
    VerifyCommand.Create(() => new Recomputation()),
};
ParseResult parsed = root.Parse(args);
return parsed.Errors.Count > 0 ? Math.Max(2, parsed.Invoke()) : parsed.Invoke();
