namespace Nadhir.Formats.Asterix;

/// <summary>
/// Another edition reads a source's blocks better than the one in use. A proposal for people: the decoder does not change
/// what it was told.
/// </summary>
/// <param name="InUse">The edition told, or the newest held.</param>
/// <param name="Proposed">Of those that fit most blocks, the newest.</param>
/// <param name="Blocks">Blocks compared.</param>
/// <param name="FitInUse">Blocks that the edition in use consumes to the last byte.</param>
/// <param name="FitProposed">The same of the proposed one.</param>
public sealed record EditionProposal(
    int Category, int Sac, int Sic, string InUse, string Proposed, long Blocks, long FitInUse, long FitProposed);

/// <summary>So many bytes follow the last block in most arrivals, more or fewer than the feed was told.</summary>
/// <param name="Bytes">What <c>trailing_bytes</c> should be.</param>
/// <param name="Arrivals">Arrivals with at least one good block.</param>
/// <param name="WithTrailer">Those of them that ended in so many bytes.</param>
public sealed record TrailerProposal(int Bytes, long Arrivals, long WithTrailer);
