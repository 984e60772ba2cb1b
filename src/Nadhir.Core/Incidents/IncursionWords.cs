namespace Nadhir.Incidents;

/// <summary>What the items of a flight across the border say, in plain words, English.</summary>
static class IncursionWords
{
    /// <summary>Null for a code of something else.</summary>
    public static string? Of(Cause cause) => cause.Code switch
    {
        CauseCode.Plain => cause.Figure(0),
        CauseCode.NotKnown => "unknown",
        CauseCode.FirstSeenInside => "first seen inside",
        CauseCode.StillInside => "still inside",
        CauseCode.NotSeenToLeave => "not seen to leave",
        CauseCode.Within90 => $"{cause.Figure(0)} (90 %: {cause.Figure(1)} to {cause.Figure(2)})",
        CauseCode.Minutes => $"{cause.Figure(0)} min",
        CauseCode.TracksOf => $"track {cause.Figure(0)}",
        CauseCode.MovementOf => $"movement of track {cause.Figure(0)}",
        CauseCode.PeopleSay => "for people to say",
        CauseCode.MovesAsAircraft => "moves like an aircraft",
        CauseCode.MovesAsHelicopter => "moves like a helicopter",
        CauseCode.MovesAsSlowDrone => "moves like a slow drone",
        CauseCode.MovesAsCruise => "moves like a cruise type",
        CauseCode.FallsFreely => "falls freely",
        CauseCode.Alone => "alone",
        CauseCode.Together => $"{cause.Figure(0)} together: within {cause.Figure(1)} km and {cause.Figure(2)} s at the border",
        CauseCode.NoRegions => "no region configured",
        CauseCode.NoRegionEdge => "no edge of a region passed while seen",
        CauseCode.RegionIn => $"{cause.Figure(0)} in {cause.Figure(1)} to {cause.Figure(2)} (track {cause.Figure(3)})",
        CauseCode.RegionOut => $"{cause.Figure(0)} out {cause.Figure(1)} to {cause.Figure(2)} (track {cause.Figure(3)})",
        CauseCode.NoZone => "no zone",
        CauseCode.NotMeasured => "not measured",
        CauseCode.AboveEllipsoid => $"{cause.Figure(0)} to {cause.Figure(1)} m above the ellipsoid",
        CauseCode.CourseTowards => $"course {cause.Figure(0)}°, towards the {cause.Figure(1)}",
        CauseCode.PlaceWithin => $"{cause.Figure(0)} (one sigma {cause.Figure(1)} km)",
        CauseCode.DepthAt => $"{cause.Figure(0)} km (one sigma {cause.Figure(1)} km) at {cause.Figure(2)}",
        CauseCode.NoReplySeen => "no reply seen",
        CauseCode.PapersOnFile => "authorisations on file",
        CauseCode.NotReported => "not reported",
        CauseCode.NoneSeen => "none seen",
        CauseCode.LastSeenAt => $"last seen at {cause.Figure(0)} m, {cause.Figure(1)} m/s",
        CauseCode.LastSeenSomewhere => $"last seen at an unknown height, {cause.Figure(0)} m/s",
        CauseCode.ByConfiguration => "configuration",
        CauseCode.NoCrossing => "no crossing on record",
        _ => null,
    };
}
