using System.CommandLine;
using Nadhir.Commands;

RootCommand root = new("Air-threat warning: it warns and records.") { DecodeCommand.Create() };
ParseResult parsed = root.Parse(args);
return parsed.Errors.Count > 0 ? Math.Max(2, parsed.Invoke()) : parsed.Invoke();
