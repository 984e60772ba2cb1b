using Nadhir.Commands;

// The siren alone, for the small computer beside the horn: what `nadhir siren` is, without the rest of Nadhir.
return await SirenCommand.Alone().Parse(args).InvokeAsync();
