// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler file may contain, and which files are not used: each refusal with its reason, on
// real files.
#include "core/domain/payloadschema.h"
#include "core/handlers/command/commandfolder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using handlers::CommandFolder;
using handlers::parseCommandSpec;

namespace {
// Written with ' for ", which is easier to read here.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}
} // namespace

class TestCommandSpec : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    const QByteArray m_good = json("{'command':['/bin/true','a b']}");

    QString folder() const { return m_home->filePath(u"handlers.d"_s); }
    QString path(const QString& name) const { return folder() + u'/' + name; }
    static bool setMode(const QString& path, mode_t mode)
    {
        return ::chmod(QFile::encodeName(path).constData(), mode) == 0;
    }
    QString write(const QString& name, const QByteArray& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("%s cannot be written.", qPrintable(file.fileName()));
        file.close();
        setMode(file.fileName(), 0644);
        return file.fileName();
    }
    CommandFolder read() const
    {
        return handlers::readCommandFolder(folder(), {u"image_extraction"_s});
    }
    // Checks that the only file in the folder is not used, for this reason.
    void verifyRefused(const char* reason) const
    {
        const CommandFolder found = read();
        QCOMPARE(found.specs.size(), 0);
        QCOMPARE(found.problems.size(), 1);
        QVERIFY2(found.problems[0].reason.contains(QString::fromUtf8(reason)),
                 qPrintable(found.problems[0].reason));
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QCOMPARE(::mkdir(QFile::encodeName(folder()).constData(), 0755), 0);
        setMode(folder(), 0755);
    }

    void aFileIsUnderstood()
    {
        const auto spec = parseCommandSpec(
            u"shop_export"_s, json("{'command':['/bin/sh','-c','exit 0'],'timeoutSeconds':86400,"
                                   "'schema':{'type':'object','required':['shop']}}"));
        QVERIFY2(spec, spec ? "" : qPrintable(spec.error().detail));
        QCOMPARE(spec->type, u"shop_export"_s);
        QCOMPARE(spec->command, QStringList({u"/bin/sh"_s, u"-c"_s, u"exit 0"_s}));
        QCOMPARE(spec->timeout.count(), 86'400);
        QVERIFY(spec->schema.contains("shop"));
        QCOMPARE(parseCommandSpec(u"a"_s, m_good)->timeout.count(), 60);
        QCOMPARE(spec->concurrency, 0);
        const auto limited = parseCommandSpec(
            u"a"_s, json("{'command':['/bin/true'],'concurrency':2,'perMinute':30}"));
        QVERIFY(limited);
        QCOMPARE(limited->concurrency, 2);
        QCOMPARE(limited->perMinute, 30);
    }

    void faultsOfTheText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const QByteArray& text, const char* reason) {
            QTest::newRow(name) << text << QByteArray(reason);
        };
        row("empty", "", "not JSON");
        row("no JSON", json("{'command':['/bin/true'],}"), "not JSON");
        row("a list", "[]", "must be a JSON object");
        row("unknown key", json("{'command':['/bin/true'],'timeout':5}"),
            "\"timeout\" is not known");
        row("no command", "{}", "\"command\" must be a list");
        row("empty command", json("{'command':[]}"), "\"command\" must be a list");
        row("command is text", json("{'command':'/bin/true'}"), "\"command\" must be a list");
        row("a number in it", json("{'command':['/bin/true',7]}"), "must be a text");
        row("a NUL in it", json("{'command':['/bin/true','a\\u0000b']}"), "NUL");
        row("relative program", json("{'command':['python3']}"), "whole path");
        row("no program", json("{'command':['/nowhere/x']}"), "There is no program /nowhere/x");
        row("a folder", json("{'command':['/tmp']}"), "/tmp is not an executable file");
        row("not executable", json("{'command':['/etc/passwd']}"), "is not an executable file");
        for (const char* seconds : {"0", "-1", "86401", "1.5", "\"60\"", "null", "1e99"})
            row(seconds, json("{'command':['/bin/true'],'timeoutSeconds':") + seconds + '}',
                "from 1 to 86400");
        for (const char* number : {"0", "-1", "1001", "1.5", "\"2\"", "null", "[1]"})
            QTest::addRow("concurrency %s", number)
                << json("{'command':['/bin/true'],'concurrency':") + number + '}'
                << QByteArray("\"concurrency\" must be a whole number from 1 to 1000.");
        for (const char* number : {"0", "100001", "0.5", "true"})
            QTest::addRow("perMinute %s", number)
                << json("{'command':['/bin/true'],'perMinute':") + number + '}'
                << QByteArray("\"perMinute\" must be a whole number from 1 to 100000.");
        row("schema is text", json("{'command':['/bin/true'],'schema':'x'}"),
            "must be a JSON Schema");
        row("schema of no type", json("{'command':['/bin/true'],'schema':{'type':'thing'}}"),
            "The schema cannot be used");
        row("bad pattern",
            json("{'command':['/bin/true'],'schema':{'properties':{'a':{'pattern':'('}}}}"),
            "The schema cannot be used");
        row("bad pattern of keys",
            json("{'command':['/bin/true'],'schema':{'patternProperties':{'[':{}}}}"),
            "The schema cannot be used");
        row("schema elsewhere",
            json("{'command':['/bin/true'],'schema':{'$ref':'http://127.0.0.1:1/x.json'}}"),
            "The schema cannot be used");
    }
    void faultsOfTheText()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        write(u"shop_export.json"_s, text);
        verifyRefused(reason.constData());
    }

    void aPatternInAnExampleIsNoPattern()
    {
        QVERIFY(
            domain::checkSchema(QJsonObject{{u"default"_s, QJsonObject{{u"pattern"_s, u"("_s}}}}));
    }

    void typeNames_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("usual") << u"report_generation"_s << true;
        QTest::newRow("all signs") << u"7a-B.c_9"_s << true;
        QTest::newRow("longest") << QString(64, u'a') << true;
        QTest::newRow("too long") << QString(65, u'a') << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("hidden") << u".a"_s << false;
        QTest::newRow("space") << u"a b"_s << false;
        QTest::newRow("line") << u"a\n"_s << false;
        QTest::newRow("letter of others") << u"größe"_s << false;
    }
    void typeNames()
    {
        QFETCH(QString, type);
        QFETCH(bool, isGood);
        QCOMPARE(parseCommandSpec(type, m_good).has_value(), isGood);
    }

    void theFolderIsRead()
    {
        QVERIFY(read().specs.isEmpty());
        write(u"b_type.json"_s, m_good);
        write(u"a_type.json"_s, m_good);
        write(u"broken.json"_s, "{");
        write(u"image_extraction.json"_s, m_good);
        write(u"script.py"_s, "print()");
        const CommandFolder found = read();
        QCOMPARE(found.specs.size(), 2);
        QCOMPARE(found.specs[0].type, u"a_type"_s);
        QCOMPARE(found.specs[1].type, u"b_type"_s);
        QCOMPARE(found.specs[0].workingFolder, m_home->path());
        QCOMPARE(found.problems.size(), 2); // and the others work all the same
        QCOMPARE(found.problems[0].file, path(u"broken.json"_s));
        QVERIFY(found.problems[1].reason.contains("built-in handler"_L1));
    }

    void noFolderIsNoProblem()
    {
        QVERIFY(QFile::remove(folder()) || ::rmdir(QFile::encodeName(folder()).constData()) == 0);
        QVERIFY(read().problems.isEmpty());
    }

    void filesOthersMayWrite_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("group") << 0664;
        QTest::newRow("others") << 0646;
    }
    void filesOthersMayWrite()
    {
        QFETCH(int, mode);
        const QString file = write(u"shop_export.json"_s, m_good);
        QCOMPARE(read().specs.size(), 1);
        QVERIFY(setMode(file, mode_t(mode)));
        verifyRefused("Others may write to it");
    }

    void aFolderOthersMayWrite()
    {
        write(u"shop_export.json"_s, m_good);
        for (const mode_t mode : {0775, 0757, 01777}) {
            QVERIFY(setMode(folder(), mode));
            verifyRefused("may be written by others");
            QCOMPARE(read().problems[0].file, folder());
        }
        QVERIFY(setMode(folder(), 0700));
        QCOMPARE(read().specs.size(), 1);
    }

    void filesOfOthers()
    {
        if (::geteuid() != 0)
            QSKIP("Only root can give a file away.");
        const QString file = write(u"shop_export.json"_s, m_good);
        QCOMPARE(::chown(QFile::encodeName(file).constData(), 65'534, gid_t(-1)), 0);
        verifyRefused("belongs to another user");
        QCOMPARE(::chown(QFile::encodeName(file).constData(), 0, gid_t(-1)), 0);
        QCOMPARE(::chown(QFile::encodeName(folder()).constData(), 65'534, gid_t(-1)), 0);
        verifyRefused("belongs to another user");
    }

    void whatIsNoFile()
    {
        const QByteArray name = QFile::encodeName(path(u"shop_export.json"_s));
        const QByteArray target = QFile::encodeName(write(u"script.txt"_s, m_good));
        QCOMPARE(::symlink(target.constData(), name.constData()), 0);
        verifyRefused("It is a link");
        QCOMPARE(::unlink(name.constData()), 0);
        QCOMPARE(::symlink("/nowhere", name.constData()), 0);
        verifyRefused("It is a link");
        QCOMPARE(::unlink(name.constData()), 0);
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        verifyRefused("not a regular file"); // and it does not block waiting for a writer
        QCOMPARE(::unlink(name.constData()), 0);
        QCOMPARE(::mkdir(name.constData(), 0700), 0);
        verifyRefused("not a regular file");
    }

    void aLinkedFolder()
    {
        const QString real = m_home->filePath(u"real"_s);
        QVERIFY(QFile::rename(folder(), real));
        QVERIFY(QFile::link(real, folder()));
        verifyRefused("It must be a folder, and no link");
    }

    void theLargestFile()
    {
        const QByteArray padding(64 * 1024 - m_good.size(), ' ');
        write(u"shop_export.json"_s, m_good + padding);
        QCOMPARE(read().specs.size(), 1);
        write(u"shop_export.json"_s, m_good + padding + ' ');
        verifyRefused("larger than 64 KB");
    }

    void ownSchemasAreChecked()
    {
        domain::setOwnSchemas({{u"shop_export"_s, json("{'required':['shop']}")}});
        QVERIFY(!domain::checkPayload(u"shop_export"_s, "{}"));
        QVERIFY(domain::checkPayload(u"shop_export"_s, "{\"shop\":1}"));
        QVERIFY(!domain::payloadSchema(u"shop_export"_s).isEmpty());
        domain::setOwnSchemas({});
        QVERIFY(domain::checkPayload(u"shop_export"_s, "{}"));
        QVERIFY(!domain::payloadSchema(u"report_generation"_s).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCommandSpec)
#include "tst_commandspec.moc"
