using Nadhir.Sensing;

namespace Nadhir.Formats.Captures;

/// <summary>Cuts a recording into what once arrived, in the order of the file; no byte of it is lost but
/// blanks.</summary>
/// <param name="file">All of it.</param>
/// <param name="mapping">Where foreign JSON keeps its time; null for our own schema and for other formats.</param>
public delegate IReadOnlyList<CaptureItem> RecordingCutter(ReadOnlyMemory<byte> file, PayloadMapping? mapping);

/// <summary>How the bytes of a format are kept in a file.</summary>
/// <param name="Cut">Into arrivals, with the times they tell.</param>
/// <param name="IsOne">Whether bytes are of this format by what they hold; never on a mere guess.</param>
/// <param name="MessagesPerSecond">The pace of a recording that tells no time at all.</param>
/// <param name="IsOfDocuments">A file is often but one document, so that several files are one recording.</param>
public sealed record RecordingFormat(
    RecordingCutter Cut, Func<ReadOnlyMemory<byte>, bool> IsOne, double MessagesPerSecond, bool IsOfDocuments = false);
