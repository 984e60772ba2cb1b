namespace Nadhir.DutyConsole;

/// <summary>
/// Maps of others that the console may lay under its own: tiles in a file that we serve ourselves, or a map service. None
/// unless configured, and then the only host that the console's page may ask for pictures besides ours.
/// </summary>
public sealed record MapSources
{
    /// <summary>A PMTiles archive, of pictures or of vectors.</summary>
    public string? TilesFile { get; init; }
    public string TilesAttribution { get; init; } = "";
    public WmsSource? Wms { get; init; }

    /// <summary>Where the console finds the tiles.</summary>
    public const string TilesPath = "/map.pmtiles";

    internal MapOffer? Offer => TilesFile is null && Wms is null
        ? null : new(TilesFile is null ? null : new(TilesPath.TrimStart('/'), TilesAttribution), Wms);

    public static void Serve(WebApplication app, MapSources sources)
    {
        if (sources.TilesFile is not { } file) return;
        app.MapGet(TilesPath, () => TypedResults.PhysicalFile(file, "application/octet-stream", enableRangeProcessing: true)).ExcludeFromDescription();
    }
}

/// <summary>A Web Map Service (OGC WMS 1.3.0) and its layers, by comma.</summary>
public sealed record WmsSource(Uri Address, string Layers, string Attribution);

/// <summary>Tiles at an address of ours.</summary>
public sealed record TilesOffer(string Address, string Attribution);

/// <summary>What the console is told of them.</summary>
public sealed record MapOffer(TilesOffer? Tiles, WmsSource? Wms);
