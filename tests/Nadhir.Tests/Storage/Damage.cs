using Microsoft.Data.Sqlite;
using Nadhir.Storage;

namespace Nadhir.Tests.Storage;

/// <summary>Tampering with a record, as someone with the file in hand would.</summary>
static class Damage
{
    public static void Run(RecordFolder folder, string sql)
    {
        using SqliteConnection connection = JournalFile.Open(folder.File(RecordFiles.Journal), SqliteOpenMode.ReadWrite);
        JournalFile.Execute(connection, sql);
    }

    public static void Flip(string file, long offset, byte change)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        int was = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(was ^ change));
    }
}
