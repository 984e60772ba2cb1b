using System.CommandLine;
using Nadhir.Commands;

RootCommand root = new("Nadhir: air-threat warning for civil protection.")
{
    TrackCommand.Create(),
    ScoreCommand.Create(),
};
return root.Parse(args).Invoke();
