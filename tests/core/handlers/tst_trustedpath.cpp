// SPDX-License-Identifier: GPL-3.0-or-later
// Each part of a path, with each fault, on real files: none is overlooked.
#include "core/handlers/command/trustedcommand.h"
#include "core/handlers/command/trustedpath.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using handlers::openTrusted;
using handlers::PathKind;

class TestTrustedPath : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString at(const QString& name) const { return m_folder->filePath(name); }
    QByteArray raw(const QString& name) const { return QFile::encodeName(at(name)); }
    void mode(const QString& name, mode_t bits) const
    {
        QCOMPARE(::chmod(raw(name).constData(), bits), 0);
    }
    void make(const QString& name, const QByteArray& text, mode_t bits = 0755) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        mode(name, bits);
    }
    void link(const QString& target, const QString& name) const
    {
        QCOMPARE(::symlink(QFile::encodeName(target).constData(), raw(name).constData()), 0);
    }
    QString fault(const QString& name, PathKind kind = PathKind::File) const
    {
        const auto opened = openTrusted(name.startsWith(u'/') ? name : at(name), kind);
        return opened ? QString() : QString(opened.error().detail);
    }
    QString commandFault(const QStringList& command) const
    {
        const auto opened = handlers::openCommand(command, m_folder->path());
        return opened ? QString() : QString(opened.error().detail);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(u"a/b/c"_s));
        for (const char* name : {"a", "a/b", "a/b/c"})
            mode(QString::fromLatin1(name), 0755);
        make(u"a/b/c/file"_s, "text");
    }

    void whatIsOursOrRootsIsTrusted()
    {
        QVERIFY2(fault(u"a/b/c/file"_s).isEmpty(), qPrintable(fault(u"a/b/c/file"_s)));
        QVERIFY2(fault(u"/bin/sh"_s).isEmpty(), qPrintable(fault(u"/bin/sh"_s))); // through links
        QVERIFY(fault(u"/tmp"_s, PathKind::Any).isEmpty());
        QVERIFY(!fault(u"/tmp"_s, PathKind::Folder).isEmpty());
        QVERIFY(fault(u"a/./b/../b//c/file"_s).isEmpty());
        QVERIFY(fault(u"a/b"_s, PathKind::Folder).isEmpty());
        QVERIFY(fault(u"a/b"_s).contains("no regular file"_L1));
        QVERIFY(fault(u"a/b/c/file"_s, PathKind::Folder).contains("no folder"_L1));
        QVERIFY(fault(u"a/b/c/file/x"_s).contains("no folder"_L1));
        QVERIFY(fault(u"a/none"_s).contains("a/none: No such file"_L1));
        QVERIFY(!openTrusted(u"a/b"_s, PathKind::Any));
    }

    void eachPartIsLookedAt_data()
    {
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isTrusted");
        for (const char* part : {"a", "a/b", "a/b/c", "a/b/c/file"}) {
            for (const int bits : {0700, 0755, 0555, 0775, 0757, 0777, 01777, 01775, 02775}) {
                const bool isOpen = (bits & 022) != 0;
                const bool isSticky = (bits & 01000) != 0 && !QByteArray(part).endsWith("file");
                QTest::addRow("%s %o", part, bits)
                    << QString::fromLatin1(part) << bits << (!isOpen || isSticky);
            }
        }
    }
    void eachPartIsLookedAt()
    {
        QFETCH(QString, part);
        QFETCH(int, bits);
        QFETCH(bool, isTrusted);
        link(at(u"a/b/c/file"_s), u"direct"_s);
        link(u"a/b/c"_s, u"folder"_s);
        link(u"direct"_s, u"twice"_s);
        mode(part, mode_t(bits));
        for (const char* name : {"a/b/c/file", "direct", "folder/file", "twice"}) {
            const QString why = fault(QString::fromLatin1(name));
            QVERIFY2(why.isEmpty() == isTrusted, qPrintable(why));
            if (!isTrusted)
                QVERIFY2(why.contains(at(part)), qPrintable(why)); // it names the part
        }
        mode(part, 0755);
    }

    void eachOwnerIsLookedAt_data()
    {
        QTest::addColumn<QString>("part");
        for (const char* part : {"a", "a/b", "a/b/c", "a/b/c/file", "link"})
            QTest::newRow(part) << QString::fromLatin1(part);
    }
    void eachOwnerIsLookedAt()
    {
        if (::geteuid() != 0)
            QSKIP("Only root can give a file away.");
        QFETCH(QString, part);
        link(at(u"a/b/c/file"_s), u"link"_s);
        QVERIFY(fault(u"link"_s).isEmpty());
        QCOMPARE(::lchown(raw(part).constData(), 65'534, gid_t(-1)), 0);
        QVERIFY2(fault(u"link"_s).contains("belongs to another user"_L1),
                 qPrintable(fault(u"link"_s)));
    }

    // Anybody can create files in /tmp, but nobody can remove mine.
    void stickyFolders()
    {
        mode(u"a"_s, 01777);
        QVERIFY(fault(u"a/b/c/file"_s).isEmpty());
        if (::geteuid() != 0)
            QSKIP("Only root can give a file away.");
        QCOMPARE(::chown(raw(u"a/b"_s).constData(), 65'534, gid_t(-1)), 0);
        QVERIFY(fault(u"a/b/c/file"_s).contains("belongs to another user"_L1));
    }

    void linksInACircle()
    {
        link(u"two"_s, u"one"_s);
        link(u"one"_s, u"two"_s);
        QVERIFY2(fault(u"one"_s).contains("circle"_L1), qPrintable(fault(u"one"_s)));
        link(u"/"_s, u"root"_s);
        QVERIFY(fault(u"root/bin/sh"_s).isEmpty());
        link(u"../../../../../../../../bin/sh"_s, u"above"_s);
        QVERIFY(fault(u"above"_s).isEmpty());
    }

    void interpretersAreLookedAt()
    {
        make(u"a/interpreter"_s, "#!/bin/sh\n");
        make(u"script"_s, "#!" + raw(u"a/interpreter"_s) + " -x\n");
        QCOMPARE(commandFault({at(u"script"_s)}), QString());
        QCOMPARE(commandFault({u"/bin/sh"_s, at(u"script"_s)}), QString());
        mode(u"a"_s, 0777);
        QVERIFY(commandFault({at(u"script"_s)}).contains(at(u"a"_s)));
        QVERIFY(commandFault({u"/bin/sh"_s, at(u"script"_s)}).contains(at(u"a"_s)));
        mode(u"a"_s, 0755);
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", raw(u"a"_s) + ':' + path);
        make(u"byenv"_s, "#!/usr/bin/env -S interpreter -x\n");
        QCOMPARE(commandFault({at(u"byenv"_s)}), QString());
        mode(u"a/interpreter"_s, 0777);
        QVERIFY(commandFault({at(u"byenv"_s)}).contains(at(u"a/interpreter"_s)));
        qputenv("PATH", path);
        make(u"relative"_s, "#!sh\n");
        QVERIFY(commandFault({at(u"relative"_s)}).contains("does not begin with /"_L1));
        make(u"itself"_s, "#!" + raw(u"itself"_s) + '\n');
        QVERIFY(commandFault({at(u"itself"_s)}).contains("circle"_L1));
        make(u"empty"_s, "#!\n");
        QCOMPARE(commandFault({at(u"empty"_s)}), QString());
    }

    void argumentsThatNameFilesAreLookedAt()
    {
        const QStringList command{u"/bin/sh"_s,   u"-c"_s,   u"exit 0"_s,     u""_s,
                                  u"/dev/null"_s, u"/tmp"_s, u"/dev/stdin"_s, u"a/b/c/file"_s};
        QCOMPARE(commandFault(command), QString());
        mode(u"a/b/c/file"_s, 0666);
        QVERIFY(commandFault(command).contains("a/b/c/file may be written by others"_L1));
        QVERIFY(!commandFault({u"/bin/sh"_s, at(u"a/b/c/file"_s)}).isEmpty());
        QCOMPARE(commandFault({u"/bin/sh"_s, u"-c"_s, u"exit 0"_s}), QString());
        mode(u"."_s, 0777);
        QVERIFY(commandFault({u"/bin/sh"_s}).contains("may be written by others"_L1));
        mode(u"."_s, 0700);
    }

    void relativeNamesBecomeWhole()
    {
        make(u"script"_s, "text");
        const QStringList whole =
            handlers::withWholePaths({u"/bin/sh"_s, u"script"_s, u"./script"_s, u"a"_s, u"none"_s,
                                      u"-c"_s, u""_s, u"a/b/../b/c/file"_s},
                                     m_folder->path());
        QCOMPARE(whole, QStringList({u"/bin/sh"_s, at(u"script"_s), at(u"script"_s), u"a"_s,
                                     u"none"_s, u"-c"_s, u""_s, at(u"a/b/c/file"_s)}));
    }
};

QTEST_APPLESS_MAIN(TestTrustedPath)
#include "tst_trustedpath.moc"
