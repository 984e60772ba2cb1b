using Microsoft.Data.Sqlite;

namespace Nadhir.Outlets.Push;

/// <summary>A phone that asked to be told: where to, how to write to it, of which zone, in which language. Nothing of whose it is.</summary>
public sealed record PushSubscription(string Endpoint, byte[] Key, byte[] Auth, string Zone, string Language);

/// <summary>What became of a request to be told.</summary>
public enum SubscribeOutcome : byte { Added, Changed, Full }

/// <summary>
/// The phones that asked to be told, and which messages have been sent, in one SQLite file beside the record. An
/// exercise has its own. Any thread may call; one at a time is served.
/// </summary>
public sealed class PushSubscriptions : IDisposable
{
    /// <summary>Messages remembered as sent, so that a restart tells nobody twice; older ones have long run out.</summary>
    const int MostSent = 1000;

    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS subscriptions (
          endpoint TEXT PRIMARY KEY,
          key BLOB NOT NULL,       -- the browser's public key
          auth BLOB NOT NULL,      -- the browser's secret
          zone TEXT NOT NULL,
          language TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS subscriptions_by_zone ON subscriptions (zone);
        CREATE TABLE IF NOT EXISTS sent (message TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    readonly Lock gate = new();
    readonly SqliteConnection connection;
    readonly int most;

    /// <summary>Opens the file of this world in the folder.</summary>
    /// <exception cref="IOException">It cannot be opened, or is not such a file.</exception>
    public PushSubscriptions(string folder, bool exercise, int most)
    {
        this.most = most;
        connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, exercise ? "push-exercise.sqlite" : "push-live.sqlite"), Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; " + Schema);
            Mark(exercise);
        }
        catch (IOException)
        {
            connection.Dispose();
            throw;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw new IOException($"the push subscriptions cannot be opened: {fault.Message}", fault);
        }
    }

    /// <summary>The file says whose world it is of, whatever its name; one of before there was a mark gets it.</summary>
    void Mark(bool exercise)
    {
        long own = exercise ? 2 : 1, found = (long)Scalar("PRAGMA user_version")!;
        if (found == 0) Execute($"PRAGMA user_version = {own}");
        else if (found != own) throw new IOException($"{connection.DataSource} holds the phones of the {(exercise ? "live" : "exercise")} world");
    }

    public int Count
    {
        get
        {
            lock (gate) return (int)(long)Scalar("SELECT count(*) FROM subscriptions")!;
        }
    }

    /// <summary>Adds a phone, or changes what it asked for. When the table is full a new one is refused; none is pushed out.</summary>
    public SubscribeOutcome Add(PushSubscription subscription)
    {
        lock (gate)
        {
            bool known = Scalar("SELECT 1 FROM subscriptions WHERE endpoint = $a", subscription.Endpoint) is not null;
            if (!known && (long)Scalar("SELECT count(*) FROM subscriptions")! >= most) return SubscribeOutcome.Full;
            Execute(
                "INSERT OR REPLACE INTO subscriptions (endpoint, key, auth, zone, language) VALUES ($a, $b, $c, $d, $e)",
                subscription.Endpoint, subscription.Key, subscription.Auth, subscription.Zone, subscription.Language);
            return known ? SubscribeOutcome.Changed : SubscribeOutcome.Added;
        }
    }

    public void Remove(string endpoint)
    {
        lock (gate) Execute("DELETE FROM subscriptions WHERE endpoint = $a", endpoint);
    }

    /// <summary>Everyone who asked for one of these zones.</summary>
    public List<PushSubscription> Of(IEnumerable<string> zones)
    {
        List<PushSubscription> found = [];
        lock (gate)
        {
            foreach (string zone in zones)
            {
                using SqliteCommand command = Command("SELECT endpoint, key, auth, zone, language FROM subscriptions WHERE zone = $a", zone);
                using SqliteDataReader rows = command.ExecuteReader();
                while (rows.Read())
                {
                    found.Add(new(rows.GetString(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2),
                        rows.GetString(3), rows.GetString(4)));
                }
            }
        }

        return found;
    }

    /// <summary>Whether the work of a message is over, also before a restart.</summary>
    public bool IsSent(string message)
    {
        lock (gate) return Scalar("SELECT 1 FROM sent WHERE message = $a", message) is not null;
    }

    public void Sent(string message)
    {
        lock (gate)
        {
            Execute("INSERT OR IGNORE INTO sent (message, number) VALUES ($a, (SELECT coalesce(max(number), 0) + 1 FROM sent))", message);
            Execute("DELETE FROM sent WHERE number <= (SELECT max(number) FROM sent) - $a", MostSent);
        }
    }

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }

    SqliteCommand Command(string text, params object[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command;
    }

    void Execute(string text, params object[] values)
    {
        using SqliteCommand command = Command(text, values);
        command.ExecuteNonQuery();
    }

    object? Scalar(string text, params object[] values)
    {
        using SqliteCommand command = Command(text, values);
        return command.ExecuteScalar();
    }
}
