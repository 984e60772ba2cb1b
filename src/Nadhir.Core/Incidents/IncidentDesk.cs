using System.Collections.Immutable;

namespace Nadhir.Incidents;

/// <summary>
/// Books of what was said: claims with who said them, statements, observations. A later claim stands beside the earlier
/// one; nothing becomes a fact here. The log keeps the latest 200 rows on the board (all of them are in the journal).
/// </summary>
sealed class IncidentDesk
{
    const int LogRows = 200;
    readonly SortedDictionary<string, IncidentRow> incidents = new(StringComparer.Ordinal);
    readonly List<StatementRow> statements = [];
    readonly Queue<LogRow> log = new();

    public ImmutableArray<IncidentRow> Incidents => [.. incidents.Values];
    public ImmutableArray<StatementRow> Statements => [.. statements];
    public ImmutableArray<LogRow> Log => [.. log];

    public void Handle(OpenIncident order, ImmutableArray<int> tracks, DateTimeOffset now, List<Decision> decisions)
    {
        if (incidents.ContainsKey(order.Incident))
        {
            decisions.Add(new CommandRefused("incident.open", $"{order.Incident} exists"));
            return;
        }

        if (incidents.Count >= CommandCheck.MostIncidents)
        {
            decisions.Add(new CommandRefused("incident.open", $"there are {CommandCheck.MostIncidents} incidents"));
            return;
        }

        incidents[order.Incident] = new IncidentRow
        {
            Id = order.Incident, Title = order.Title, Zone = order.Zone, OpenedAt = now, Tracks = tracks,
        };
        decisions.Add(new Recorded("incident", order.Incident));
    }

    public void Handle(RecordClaim claim, DateTimeOffset now, List<Decision> decisions)
    {
        ClaimRow row = new(claim.Claim, claim.Kind, claim.Text, claim.Attribution, claim.By, now, claim.Killed,
            claim.Injured, claim.Grading);
        if (claim.Incident is null) Note(now, "claim", claim.By, $"{claim.Text} (attributed to {claim.Attribution})");
        else if (incidents.TryGetValue(claim.Incident, out IncidentRow? incident))
        {
            if (incident.Claims.Length >= CommandCheck.MostClaims)
            {
                decisions.Add(new CommandRefused("claim.record", $"{incident.Id} has {CommandCheck.MostClaims} claims"));
                return;
            }

            incidents[incident.Id] = incident with { Claims = incident.Claims.Add(row) };
        }
        else
        {
            decisions.Add(new CommandRefused("claim.record", $"no incident {claim.Incident}"));
            return;
        }

        decisions.Add(new Recorded("claim", claim.Claim));
    }

    public void Handle(RecordStatement statement, DateTimeOffset now, List<Decision> decisions)
    {
        if (statement.Incident is { } incident && !incidents.ContainsKey(incident))
        {
            decisions.Add(new CommandRefused("statement.record", $"no incident {incident}"));
            return;
        }

        if (statements.Count >= CommandCheck.MostStatements)
        {
            decisions.Add(new CommandRefused("statement.record", $"there are {CommandCheck.MostStatements} statements"));
            return;
        }

        statements.Add(new StatementRow(statement.Statement, statement.Speaker, now, statement.Claims));
        decisions.Add(new Recorded("statement", statement.Statement));
    }

    public void Note(DateTimeOffset now, string kind, string by, string text)
    {
        if (log.Count == LogRows) log.Dequeue();
        log.Enqueue(new LogRow(now, kind, by, text));
    }
}
