using System.Net.Http.Headers;
using System.Text;
using Nadhir.Hosting;
using Nadhir.Journal;
using Nadhir.Storage;

namespace Nadhir.Ingest;

/// <summary>Where a report's claims went, and what became of each.</summary>
sealed class IngestTarget
{
    public int Taken { get; private set; }
    /// <summary>Taken by an earlier run: a report may be ingested again to accept more of it.</summary>
    public int There { get; private set; }
    public List<string> Refusals { get; } = [];

    /// <summary>
    /// Goes on with a record. One of an exercise is sealed again; another keeps the checkpoint it had until its system
    /// signs the next.
    /// </summary>
    public static IngestTarget IntoRecord(string folder, IReadOnlyList<Command> commands, TimeProvider clock)
    {
        IngestTarget target = new();
        using SqliteJournal journal = SqliteJournal.OpenForAppend(folder);
        Restored restored = Restorer.Restore(journal);
        Recorder recorder = new(journal, restored.Watch);
        foreach (Command command in commands)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Entry entry = new(EntryKind.Command, now > restored.LastTime ? now : restored.LastTime, command.By, WatchJson.Encode(command));
            IReadOnlyList<Decision> decisions = recorder.Apply(entry);
            target.Note(command, decisions.OfType<CommandRefused>().FirstOrDefault()?.Reason);
        }

        recorder.Commit();
        if (ExerciseKey(folder) is { } name) journal.Seal(SigningKey.ForExercise(name));
        return target;
    }

    /// <exception cref="HttpRequestException">The system does not answer.</exception>
    public static async Task<IngestTarget> ToServer(Uri server, string? tokenFile, IReadOnlyList<Command> commands, CancellationToken cancellation)
    {
        IngestTarget target = new();
        using HttpClient http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        if (tokenFile is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(tokenFile, cancellation)).Trim());
        foreach (Command command in commands)
        {
            using ByteArrayContent content = new(WatchJson.Encode(command));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage answer = await http.PostAsync(new Uri("/api/commands", UriKind.Relative), content, cancellation);
            string? refused = answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync(cancellation);
            target.Note(command, refused);
            if (answer.StatusCode is System.Net.HttpStatusCode.Unauthorized) break;
        }

        return target;
    }

    void Note(Command command, string? refused)
    {
        if (refused is null) Taken++;
        else if (command is AddSource or RecordClaim ? refused.Contains(" exists", StringComparison.Ordinal) : refused.Contains(" already", StringComparison.Ordinal)) There++;
        else Refusals.Add($"{Name(command)}: {refused}");
    }

    static string Name(Command command) => command switch
    {
        AddSource c => c.Source,
        RecordClaim c => c.Claim,
        AcceptClaim c => c.Claim,
        RejectClaim c => c.Claim,
        _ => command.GetType().Name,
    };

    static string? ExerciseKey(string folder)
    {
        string file = Path.Combine(folder, RecordFiles.PublicKey);
        if (!File.Exists(file)) return null;
        string name = File.ReadAllText(file, Encoding.UTF8).Trim().Split('+')[0];
        return SigningKey.IsExercise(name) ? name : null;
    }
}
