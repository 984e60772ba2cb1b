using System.Text;

namespace Nadhir.Paper;

/// <summary>Sets a paper on A4 pages: title and mark of an exercise above, number of the page below, on each of them.</summary>
sealed class PdfPages
{
    const double Margin = 46, Top = PdfFile.Height - 70, Bottom = 58, Inner = PdfFile.Width - (2 * Margin);
    const double BodySize = 9, CellSize = 7.2, HeadingSize = 12.5, Padding = 2.5;

    readonly Paper paper;
    readonly PageFonts fonts;
    readonly PdfFile file = new();
    StringBuilder page;
    double y = Top;

    PdfPages(Paper paper, PageFonts fonts) => (this.paper, this.fonts, page) = (paper, fonts, file.AddPage());

    public static byte[] Write(Paper paper, PageFonts fonts)
    {
        PdfPages pages = new(paper, fonts);
        foreach (Block block in paper.Blocks) pages.Put(block);
        pages.Frame();
        return pages.file.Finish(paper.Title, paper.Language, paper.Created);
    }

    void Put(Block block)
    {
        switch (block)
        {
            case Block.Heading heading:
                y -= 8;
                Room(90);
                Lines(heading.Text, HeadingSize, fonts.Strong, Margin, Inner);
                y -= 3;
                break;
            case Block.Words words:
                Lines(words.Text, BodySize, words.Strong ? fonts.Strong : fonts.Plain, Margin, Inner);
                y -= 3;
                break;
            case Block.Table table:
                Put(table);
                break;
            case Block.Picture picture:
                Put(picture);
                break;
        }
    }

    void Room(double height)
    {
        if (y - height >= Bottom) return;
        page = file.AddPage();
        y = Top;
    }

    void Lines(string text, double size, IReadOnlyList<PageFont> chosen, double left, double width)
    {
        foreach (List<SetRun> line in TextLines.Break(text, paper.RightToLeft, chosen, width * 1000 / size))
        {
            Room(size * 1.45);
            y -= size * 1.45;
            Set(line, size, left, width, y);
        }
    }

    void Set(List<SetRun> line, double size, double left, double width, double at)
    {
        double taken = line.Sum(run => run.Width) * size / 1000;
        file.Text(page, line, paper.RightToLeft ? left + width - taken : left, at, size);
    }

    void Put(Block.Table table)
    {
        double all = table.Shares.Sum(), at = paper.RightToLeft ? PdfFile.Width - Margin : Margin;
        List<(double Left, double Width)> columns = [];
        foreach (double share in table.Shares)
        {
            double width = Inner * share / all;
            columns.Add(paper.RightToLeft ? (at - width, width) : (at, width));
            at += paper.RightToLeft ? -width : width;
        }
        Room(CellSize * 6); // The head does not stand alone at the foot of a page.
        PutRow(table.Head, columns, fonts.Strong, head: true);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            int before = file.Pages;
            PutRow(row, columns, fonts.Plain, head: false, () => PutRow(table.Head, columns, fonts.Strong, head: true));
            Invariant.Require(file.Pages - before < 1000, "a row ends");
        }
        y -= 6;
    }

    /// <summary>A row goes on over the edge of a page, line by line, when it is taller than what is left.</summary>
    void PutRow(IReadOnlyList<string> cells, List<(double Left, double Width)> columns, IReadOnlyList<PageFont> chosen, bool head, Action? again = null)
    {
        List<List<SetRun>>[] lines =
        [
            .. cells.Select((cell, i) => TextLines.Break(cell, paper.RightToLeft, chosen, (columns[i].Width - (2 * Padding)) * 1000 / CellSize)),
        ];
        int tallest = lines.Max(cell => cell.Count);
        const double lineHeight = CellSize * 1.4;
        bool whole = (tallest * lineHeight) + 6 < (Top - Bottom) / 2;
        if (y - ((whole ? tallest : 1) * lineHeight) - 6 < Bottom)
        {
            page = file.AddPage();
            y = Top;
            again?.Invoke();
        }
        if (head)
        {
            double tall = (tallest * lineHeight) + 4;
            page.Append($"{PdfFile.Colour("E4E8EC", fill: true)}{PdfFile.N(Margin)} {PdfFile.N(y - tall)} {PdfFile.N(Inner)} {PdfFile.N(tall)} re f\n{PdfFile.Colour("000000", fill: true)}");
        }
        for (int line = 0; line < tallest; line++)
        {
            if (y - lineHeight < Bottom)
            {
                page = file.AddPage();
                y = Top;
                again?.Invoke();
            }
            y -= lineHeight;
            for (int i = 0; i < lines.Length; i++)
                if (line < lines[i].Count) Set(lines[i][line], CellSize, columns[i].Left + Padding, columns[i].Width - (2 * Padding), y);
        }
        y -= 4;
        page.Append($"{PdfFile.Colour("B0B8C0", fill: false)}0.4 w {PdfFile.N(Margin)} {PdfFile.N(y)} m {PdfFile.N(Margin + Inner)} {PdfFile.N(y)} l S\n");
    }

    void Put(Block.Picture picture)
    {
        double height = Inner * picture.Aspect;
        Room(height + 8);
        double left = Margin, top = y - 4;
        string Place((double X, double Y) p) => $"{PdfFile.N(left + (p.X * Inner))} {PdfFile.N(top - (p.Y * Inner))}";
        string box = $"{PdfFile.N(left)} {PdfFile.N(top - height)} {PdfFile.N(Inner)} {PdfFile.N(height)} re";
        page.Append($"q {PdfFile.Colour("F6F8FA", fill: true)}{box} f {box} W n\n");
        foreach (Mark.Line line in picture.Marks.OfType<Mark.Line>().Where(line => line.Points.Count > 1))
        {
            page.Append(PdfFile.Colour(line.Colour, fill: false)).Append(line.Fill is { } fill ? PdfFile.Colour(fill, fill: true) : "")
                .Append($"{PdfFile.N(line.Width)} w [{(line.Dashed ? "3 2" : "")}] 0 d ")
                .Append(Place(line.Points[0])).Append(" m ").AppendJoin(' ', line.Points.Skip(1).Select(point => Place(point) + " l"))
                .Append(line.Closed ? " h " : " ").Append(line.Fill is null ? "S\n" : "B\n");
        }
        foreach (Mark.Label label in picture.Marks.OfType<Mark.Label>())
        {
            page.Append(PdfFile.Colour(label.Colour, fill: true));
            List<SetRun> text = TextLines.Break(label.Text, paper.RightToLeft, fonts.Plain, 1e9)[0];
            double wide = text.Sum(run => run.Width) * 7 / 1000, at = (label.X * Inner) + 3;
            file.Text(page, text, left + (at + wide > Inner ? Math.Max(0, at - wide - 6) : at), top - (label.Y * Inner) - 2, 7);
        }
        page.Append($"Q {PdfFile.Colour("000000", fill: true)}");
        y = top - height - 6;
    }

    void Frame()
    {
        for (int i = 0; i < file.Pages; i++)
        {
            page = file[i];
            Set(TextLines.Break(paper.Title, paper.RightToLeft, fonts.Plain, 1e9)[0], 8, Margin, Inner, PdfFile.Height - 40);
            if (paper.Exercise)
            {
                page.Append(PdfFile.Colour("B00020", fill: true));
                List<SetRun> mark = TextLines.Break(paper.ExerciseMark, paper.RightToLeft, fonts.Strong, 1e9)[0];
                double width = mark.Sum(run => run.Width) * 12 / 1000;
                file.Text(page, mark, paper.RightToLeft ? Margin : PdfFile.Width - Margin - width, PdfFile.Height - 41, 12);
                page.Append(PdfFile.Colour("000000", fill: true));
            }
            page.Append($"{PdfFile.Colour("606870", fill: false)}0.6 w {PdfFile.N(Margin)} {PdfFile.N(PdfFile.Height - 48)} m {PdfFile.N(Margin + Inner)} {PdfFile.N(PdfFile.Height - 48)} l S\n");
            string number = paper.RightToLeft
                ? $"صفحة {Paper.Ltr($"{i + 1}")} من {Paper.Ltr($"{file.Pages}")}" : $"Page {i + 1} of {file.Pages}";
            Set(TextLines.Break(number, paper.RightToLeft, fonts.Plain, 1e9)[0], 8, Margin, Inner, 34);
        }
    }
}
