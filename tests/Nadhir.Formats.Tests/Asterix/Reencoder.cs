using Nadhir.Formats.Asterix;

namespace Nadhir.Formats.Tests.Asterix;

/// <summary>Hands everything an item says to the writer again, by name and value.</summary>
sealed class Reencoder(AsterixWriter writer) : IItemVisitor
{
    readonly Stack<string> path = new();
    readonly List<(string, AsterixValue)> values = [];

    public void Begin(ItemDefinition item)
    {
        path.Push(path.Count == 0 ? item.Id : $"{path.Peek()}/{item.Id}");
        values.Clear();
    }

    public void End(ItemDefinition item)
    {
        if (item.Structure is ItemStructure.Fixed or ItemStructure.Extended) Flush();
        path.Pop();
    }

    public void BeginRepetition(ItemDefinition item) => values.Clear();

    public void EndRepetition(ItemDefinition item) => Flush();

    public void Number(AsterixElement element, double value) => values.Add((element.Name, value));

    public void Text(AsterixElement element, ReadOnlySpan<char> value) => values.Add((element.Name, value.ToString()));

    public void Raw(ReadOnlySpan<byte> bytes) => writer.SetBytes(path.Peek(), bytes);

    void Flush()
    {
        writer.Set(path.Peek(), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        values.Clear();
    }
}
