using System.Collections.Immutable;

namespace Nadhir.Warning;

/// <summary>The alerts alive, at most one a zone, and those lately closed.</summary>
sealed class AlertBook(ImmutableArray<Zone> zones)
{
    /// <summary>Closed alerts kept on the board; the journal keeps all.</summary>
    const int ClosedRows = 100;

    readonly Alert?[] current = new Alert?[zones.Length];
    readonly int[] counts = new int[zones.Length];
    readonly Dictionary<string, Alert> byId = new(StringComparer.Ordinal);
    readonly SortedSet<int> alive = [];
    readonly Dictionary<string, Alert> byMessage = new(StringComparer.Ordinal);
    readonly Queue<Alert> closed = new();

    /// <summary>The zones that have an alert, in order.</summary>
    public IReadOnlyCollection<int> Alive => alive;

    public Alert? Of(int zone) => current[zone];

    public Alert? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The live alert that a message belongs to.</summary>
    public Alert? FindByMessage(string message) => byMessage.GetValueOrDefault(message);

    public void Told(Alert alert) => byMessage[alert.Messages[^1].Identifier] = alert;

    public Alert Open(int zone)
    {
        Alert alert = new() { Id = $"A-{zones[zone].Id}-{++counts[zone]}", Zone = zones[zone].Id, Place = zone };
        current[zone] = byId[alert.Id] = alert;
        alive.Add(zone);
        return alert;
    }

    public void Close(Alert alert)
    {
        current[alert.Place] = null;
        byId.Remove(alert.Id);
        alive.Remove(alert.Place);
        foreach (MessageReference message in alert.Messages) byMessage.Remove(message.Identifier);
        if (closed.Count == ClosedRows) closed.Dequeue();
        closed.Enqueue(alert);
    }

    public IEnumerable<Alert> All() =>
        closed.Concat(alive.Select(zone => current[zone]!).OrderBy(a => a.Since).ThenBy(a => a.Id, StringComparer.Ordinal));
}
