// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tabular/csvreader.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::tabular;

namespace {
struct Read
{
    QVector<Record> records;
    QString error;
};

Read readAll(const QString& text, QChar separator, qsizetype pieceSize)
{
    qsizetype at = 0;
    CsvReader reader(
        [&]() -> queuedeck::base::Result<QString> {
            const QString piece = text.mid(at, pieceSize);
            at += piece.size();
            return piece;
        },
        separator);
    Read read;
    for (;;) {
        const auto record = reader.next();
        if (!record) {
            read.error = record.error().detail;
            return read;
        }
        if (!*record)
            return read;
        read.records += **record;
    }
}

// RFC 4180 once more, written differently: on the whole text, by one automaton over characters with
// line breaks unified first. Empty lines are no records.
Read referenceRead(QString text, QChar separator)
{
    text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    Read read;
    enum { Start, Plain, Quoted, QuoteInQuoted, After } state = Start;
    Record record{1, {}, {}};
    QString cell;
    bool anyQuotes = false;
    qint64 line = 1;
    qint64 opened = 0;
    const auto endRecord = [&] {
        record.cells += cell;
        if (record.cells != QStringList{QString()} || anyQuotes)
            read.records += record;
        record = {line, {}, {}};
        cell.clear();
        anyQuotes = false;
    };
    for (const QChar c : text) {
        line += c == u'\n';
        if (state == Quoted) {
            if (c == u'"')
                state = QuoteInQuoted;
            else
                cell += c;
            continue;
        }
        if (state == QuoteInQuoted && c == u'"') {
            cell += c;
            state = Quoted;
            continue;
        }
        if (c == separator) {
            record.cells += cell;
            cell.clear();
            state = Start;
        } else if (c == u'\n') {
            endRecord();
            state = Start;
        } else if (state == Start && c == u'"') {
            state = Quoted;
            anyQuotes = true;
            opened = line;
        } else if (state == QuoteInQuoted || state == After) {
            state = After;
            if (!c.isSpace() && record.fault.isEmpty())
                record.fault = u"Text follows a closing quotation mark in cell %1."_s.arg(
                    record.cells.size() + 1);
        } else {
            cell += c;
            state = Plain;
        }
    }
    if (state == Quoted) {
        read.error =
            u"The quotation mark opened in line %1 is never closed. The file may have been "
            "cut off."_s.arg(opened);
        return read;
    }
    const bool endsInRecord = !text.isEmpty() && !text.endsWith(u'\n');
    if (endsInRecord || state != Start)
        endRecord();
    return read;
}

QString described(const Read& read)
{
    QString text = read.error;
    for (const Record& record : read.records)
        text += u"\n%1 [%2] %3"_s.arg(record.line).arg(record.cells.join(u"|"_s), record.fault);
    return text;
}
} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Every text of up to seven of the characters that matter.
    void readsWhatTheStandardSays()
    {
        const QString alphabet = u"a,\"\n\r"_s;
        qint64 checked = 0;
        for (int length = 0; length <= 7; ++length) {
            qint64 count = 1;
            for (int i = 0; i < length; ++i)
                count *= alphabet.size();
            for (qint64 number = 0; number < count; ++number) {
                QString text;
                for (qint64 rest = number, i = 0; i < length; ++i, rest /= alphabet.size())
                    text += alphabet[rest % alphabet.size()];
                const Read expected = referenceRead(text, u',');
                for (const qsizetype piece : {qsizetype(1), qsizetype(1000)}) {
                    const Read read = readAll(text, u',', piece);
                    if (read.records != expected.records || read.error != expected.error)
                        QFAIL(qPrintable(u"%1 in pieces of %2:\n%3\nexpected:\n%4"_s.arg(
                            text, QString::number(piece), described(read), described(expected))));
                    ++checked;
                }
            }
        }
        QCOMPARE(checked, 2 * 97'656);
    }

    // What is written is read again, whatever it is.
    void readsBackWhatWasWritten_data()
    {
        QTest::addColumn<QChar>("separator");
        QTest::addColumn<QString>("lineBreak");
        for (const QChar separator : {u',', u';', u'\t', u'|'}) {
            for (const QString& lineBreak : {u"\n"_s, u"\r\n"_s, u"\r"_s})
                QTest::addRow("%d %lld", separator.unicode(),
                              lineBreak.size() * 100 + lineBreak[0].unicode())
                    << separator << lineBreak;
        }
    }
    void readsBackWhatWasWritten()
    {
        QFETCH(QChar, separator);
        QFETCH(QString, lineBreak);
        QRandomGenerator random(4180);
        const QString alphabet = u"ab ,;\t|\"\n'=é中𝄞"_s;
        for (int round = 0; round < 200; ++round) {
            QVector<QStringList> rows;
            QString text;
            for (int row = 0; row < 10; ++row) {
                QStringList cells;
                QStringList written;
                for (int column = 0; column < 5; ++column) {
                    QString cell;
                    for (quint32 i = random.bounded(9u); i > 0; --i)
                        cell += alphabet[random.bounded(alphabet.size())];
                    cells += cell;
                    const bool isQuoted = random.bounded(3) == 0 || cell.contains(u'"') ||
                                          cell.contains(separator) || cell.contains(u'\n');
                    QString inFile = cell;
                    inFile.replace(u'\n', lineBreak);
                    written += isQuoted ? u'"' + inFile.replace(u"\""_s, u"\"\""_s) + u'"' : inFile;
                }
                rows += cells;
                text += written.join(separator) + lineBreak;
            }
            const Read read = readAll(text, separator, 1 + random.bounded(70));
            QCOMPARE(read.error, QString());
            QCOMPARE(read.records.size(), rows.size());
            for (qsizetype i = 0; i < rows.size(); ++i) {
                QCOMPARE(read.records[i].cells, rows[i]);
                QCOMPARE(read.records[i].fault, QString());
            }
        }
    }

    // A byte cut off at any place gives an error, or fewer or shorter records, never others.
    void survivesBeingCutOff()
    {
        const QString text = u"a,b\n\"x \"\"y\"\"\",\"1\n2\"\nlast,one\n"_s;
        const QVector<Record> whole = readAll(text, u',', 1000).records;
        for (qsizetype length = 0; length < text.size(); ++length) {
            const Read read = readAll(text.left(length), u',', 3);
            QVERIFY(read.records.size() <= whole.size());
            for (qsizetype i = 0; i + 1 < read.records.size(); ++i)
                QCOMPARE(read.records[i], whole[i]);
        }
    }

    void takesAHugeCellAndRefusesALargerOne()
    {
        const QString huge(10 * 1024 * 1024, u'x');
        Read read = readAll(u"a,b\n"_s + huge + u",\""_s + u"tail\""_s, u',', 65'536);
        QCOMPARE(read.error, QString());
        QCOMPARE(read.records[1].cells[0].size(), huge.size());
        read = readAll(u"a,b\n1,2\n\""_s + huge + huge, u',', 65'536);
        QCOMPARE(read.error,
                 u"The record that begins in line 3 has more than 16 million characters. "
                 "A quotation mark may be missing."_s);
        read = readAll(u"a\n"_s + QString(20'000, u','), u',', 65'536);
        QCOMPARE(read.error, u"Line 2 has more than 16,384 cells."_s);
    }
};

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
