using Microsoft.Extensions.Logging.Abstractions;
using Nadhir.Film;
using Nadhir.Hosting;
using Nadhir.Runs;
using Nadhir.Simulation.Scenarios;
using Nadhir.Storage;

namespace Nadhir.Tests.Film;

/// <summary>The first minutes of the acceptance scenario on record: two jets cross the border and zones are warned.</summary>
public sealed class BabilFilm : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("nadhir-film-").FullName;
    int copies;

    internal WatchConfiguration Configuration { get; private set; } = null!;
    internal long Entries { get; private set; }

    /// <summary>The record, closed; with the film that was kept while it was made, under its own folder.</summary>
    public string Record => Path.Combine(folder, "record");

    internal int Offered { get; private set; }

    public ValueTask InitializeAsync()
    {
        if (global::Nadhir.Configuration.CountriesFile.Find() is null) return ValueTask.CompletedTask;
        PreparedScenario scenario = ScenarioOpening.Open("babil-2024", loaded => ScenarioOpening.Choose(loaded, 45, 1, [], 2))!;
        Configuration = scenario.Configuration;
        using SqliteJournal journal = SqliteJournal.Create(Record);
        Recorder recorder = new(journal, Engine.Build(Configuration, scenario.Start));
        using (Camera camera = new(this, recorder, scenario.Start.AddMinutes(25)))
            new ScenarioRun(scenario, recorder, [], camera).Play(null);
        Entries = journal.Count;
        journal.Seal(SigningKey.ForExercise("exercise/film"));
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy of the record with or without its film, for a test to spoil.</summary>
    internal string Copy(bool film)
    {
        if (Configuration is null) Assert.Skip("the borders were not prepared (./nadhir builds them from npm packages)");
        string copy = Path.Combine(folder, $"copy-{Interlocked.Increment(ref copies)}");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(Record))
            if (film || !Path.GetFileName(file).StartsWith(FilmFile.Name, StringComparison.Ordinal)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    internal FilmPart Open(string record, FilmOptions? options = null) =>
        FilmPart.Open(record, Configuration, options ?? new() { Gently = false }, NullLogger.Instance);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Keeps the film as a running system does: what is durable is offered after every turn.</summary>
    sealed class Camera(BabilFilm of, Recorder recorder, DateTimeOffset until) : IRunObserver, IDisposable
    {
        FilmPart? film;

        public bool OnTick(DateTimeOffset time, IWatch watch)
        {
            recorder.Commit();
            Boards boards = watch.Snapshot();
            if (film is null)
            {
                film = of.Open(of.Record, new() { MostWaiting = 100_000 });
                film.Record(boards);
            }
            else film.Offer(boards);
            of.Offered++;
            return time < until;
        }

        public void OnDecision(DateTimeOffset time, Decision decision) { }

        public void Dispose() => film?.Dispose();
    }
}
