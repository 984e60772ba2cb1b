namespace Nadhir.Documents;

/// <summary>What is wrong in a document, and where; lines and columns count from 1.</summary>
/// <param name="Path">The place in the document's own terms: <c>sensors[2].feed</c>.</param>
public readonly record struct DocumentFault(int Line, int Column, string Path, string Message)
{
    public override string ToString() =>
        Path.Length == 0 ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Path}: {Message}";
}
