using System.Text.Json;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;
using Nadhir.Warning;

namespace Nadhir.Dossiers;

/// <summary>There is no dossier to be made of this record: why, for people.</summary>
sealed class DossierException(string message) : IOException(message);

/// <summary>A word of the journal: one entry's JSON, as it stands there.</summary>
sealed record Word(long Entry, DateTimeOffset Time, EntryKind Kind, string Type, JsonElement Json)
{
    public string Text(string member) =>
        Json.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public int Number(string member) => Json.TryGetProperty(member, out JsonElement value) && value.TryGetInt32(out int n) ? n : -1;
}

/// <summary>
/// What a record holds about one incident. Read in two goes: the first brings the books up to the end and finds the
/// incident, its tracks and alerts; the second runs the engine again over their time and notes which bytes led to the
/// tracks.
/// </summary>
sealed class Case
{
    public required WatchConfiguration Configuration { get; init; }
    public required Boards Boards { get; init; }
    public required IncidentRow Incident { get; init; }
    public required DateTimeOffset RecordFrom { get; init; }
    public required DateTimeOffset RecordTo { get; init; }
    public required long Entries { get; init; }
    /// <summary>From the first measurement of any track concerned, or the incident's alert, to the end of both.</summary>
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
    public required IReadOnlySet<int> Tracks { get; init; }
    public required IReadOnlySet<string> Alerts { get; init; }
    /// <summary>Commands, receipts and decisions in the order of the journal; feeds' faults and ticks' noise left out.</summary>
    public required IReadOnlyList<Word> Words { get; init; }
    /// <summary>Siren commands of these alerts, and public messages: by their identifiers.</summary>
    public IReadOnlySet<string> SirenCommands => field ??= Ids("siren.commanded", word => word.Text("alert"), word => word.Text("commandId"));
    public IReadOnlySet<string> Messages => field ??= Ids(
        "message.issued", word => word.Json.GetProperty("message").GetProperty("alert").GetString()!,
        word => word.Json.GetProperty("message").GetProperty("identifier").GetString()!);
    public PlotWitness? Witness { get; private set; }

    /// <param name="size">Entries that count: of a record that is being written, those that were there at the beginning.</param>
    public static Case Read(SqliteJournal journal, string incident, long size)
    {
        WatchConfiguration? configuration = null;
        Watch? watch = null;
        DateTimeOffset from = default, to = default;
        long entries = 0;
        List<Word> words = [];
        foreach ((long seq, Entry entry) in journal.Read().TakeWhile(one => one.Seq < size))
        {
            entries = seq + 1;
            to = entry.Time;
            if (entry.Kind == EntryKind.Configuration && watch is null)
            {
                (configuration, from) = (Restorer.ReadConfiguration(entry), entry.Time);
                watch = Engine.Build(configuration, entry.Time);
            }
            if (entry.IsInput) watch?.Apply(entry);
            if (entry.Kind is EntryKind.Command or EntryKind.Receipt or EntryKind.Decision && WordOf(seq, entry) is { } word) words.Add(word);
        }
        if (configuration is null || watch is null) throw new DossierException("the record holds no configuration");
        Boards boards = watch.Snapshot();
        IncidentRow row = boards.Incidents.FirstOrDefault(each => each.Id == incident)
            ?? throw new DossierException(boards.Incidents.IsEmpty
                ? "the record holds no incident"
                : $"the record holds no incident {incident}; it holds {string.Join(", ", boards.Incidents.Select(each => each.Id))}");
        (HashSet<int> tracks, HashSet<string> alerts) = Concerned(row, words);
        Word[] life = [.. words.Where(word => word.Type is "track.confirmed" or "track.dropped" && tracks.Contains(word.Number("track")))];
        Word[] warned = [.. words.Where(word => word.Type == "alert.changed" && alerts.Contains(word.Text("alert")))];
        DateTimeOffset[] moments =
        [
            row.OpenedAt, .. warned.Select(word => word.Time), .. life.Select(word => word.Time),
            .. life.Where(word => word.Type == "track.confirmed").Select(word => word.Json.GetProperty("firstSeen").GetDateTimeOffset()),
        ];
        return new Case
        {
            Configuration = configuration, Boards = boards, Incident = row, RecordFrom = from, RecordTo = to, Entries = entries,
            From = moments.Min(), To = moments.Max(), Tracks = tracks, Alerts = alerts, Words = words,
        };
    }

    /// <summary>Runs the engine over the time of the tracks and notes what led to them.</summary>
    public void Watch(SqliteJournal journal)
    {
        PlotWitness witness = new(Engine.Tracker(Configuration), Configuration, Tracks);
        Watch watch = new(Configuration, RecordFrom, (feed, all) => witness.Watched(Engine.Decoder(feed, all)), witness);
        foreach ((long seq, Entry entry) in journal.Read())
        {
            if (entry.Time > To || seq >= Entries || Tracks.Count == 0) break;
            if (!entry.IsInput) continue;
            witness.Entry = seq;
            watch.Apply(entry);
        }
        Witness = witness;
    }

    HashSet<string> Ids(string type, Func<Word, string> alert, Func<Word, string> id) =>
        [.. Words.Where(word => word.Type == type && Alerts.Contains(alert(word))).Select(id)];

    /// <summary>The incident's tracks and those of the alerts of its zone; the alerts of any of these tracks.</summary>
    static (HashSet<int> Tracks, HashSet<string> Alerts) Concerned(IncidentRow incident, List<Word> words)
    {
        HashSet<int> tracks = [.. incident.Tracks];
        HashSet<string> alerts = new(StringComparer.Ordinal);
        ILookup<string, Word> lives = words.Where(word => word.Type == "alert.changed")
            .ToLookup(word => word.Text("alert"), StringComparer.Ordinal);
        foreach (IGrouping<string, Word> life in lives)
        {
            Word last = life.Last();
            bool spans = life.First().Time <= incident.OpenedAt
                && (last.Time >= incident.OpenedAt || last.Text("state") is nameof(AlertState.Watch) or nameof(AlertState.Warning));
            if (last.Text("zone") == incident.Zone && spans) tracks.UnionWith(life.SelectMany(TracksOf));
        }
        foreach (IGrouping<string, Word> life in lives)
            if (life.SelectMany(TracksOf).Any(tracks.Contains)) alerts.Add(life.Key);
        return (tracks, alerts);
    }

    static IEnumerable<int> TracksOf(Word word) =>
        word.Json.TryGetProperty("tracks", out JsonElement tracks) ? tracks.EnumerateArray().Select(track => track.GetInt32()) : [];

    /// <summary>Null for what is no JSON object: the watch has refused it, and the entry is still in the journal.</summary>
    static Word? WordOf(long seq, Entry entry)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(entry.Payload);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String
                ? new Word(seq, entry.Time, entry.Kind, type.GetString()!, document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
