// SPDX-License-Identifier: GPL-3.0-or-later
// An address in two halves: the displayed half never contains any of the password, whatever was
// pasted, and both together are the address again.
#include "core/db/addresspassword.h"
#include "core/db/databaseurl.h"

#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck::db;

class TestAddressPassword : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        const auto row = [](const char* text, const char* address) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(address);
        };
        row("postgresql://me:Geheim1@h:5432/db?schema=app", "postgresql://me@h:5432/db?schema=app");
        row("postgres://me:Geheim1@[::1]:5432/db", "postgres://me@[::1]:5432/db");
        row("postgresql://me:Geheim1@h1:5432,h2:5433/db", "postgresql://me@h1:5432,h2:5433/db");
        row("jdbc:postgresql://h/db?user=me&password=Geheim1&ssl=true",
            "jdbc:postgresql://h/db?user=me&ssl=true");
        row("postgresql://h/db?password=Geheim1", "postgresql://h/db");
        row("host=h dbname=db user=me password=Geheim1", "host=h dbname=db user=me");
        row("host=h password='Geheim1' dbname=db", "host=h dbname=db");
        row("DATABASE_URL=\"postgresql://me:Geheim1@h/db\"",
            "DATABASE_URL=\"postgresql://me@h/db\"");
        row("psql 'postgresql://me:Geheim1@h/db'", "psql 'postgresql://me@h/db'");
        row("PGPASSWORD=Geheim1 psql -h h -U me db", "psql -h h -U me db");
        row("Host=h;Username=me;Password=Geheim1;Database=db", "Host=h;Username=me;Database=db");
        row("mysql://me:Geheim1@h/db", "mysql://me@h/db");
        row("postgresql://me@h:5432/db", "postgresql://me@h:5432/db");
        row("postgresql://h:5432/db", "postgresql://h:5432/db");
        row("sqlite:/srv/jobs.db", "sqlite:/srv/jobs.db");
        row("", "");
    }
    void splits()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        const AddressParts parts = splitAddress(text);
        QCOMPARE(parts.address, address);
        QCOMPARE(parts.password, text.contains("Geheim1"_L1) ? u"Geheim1"_s : QString());
        const auto before = DatabaseUrl::parse(text);
        const auto after = DatabaseUrl::parse(joinAddress(parts));
        QCOMPARE(bool(after), bool(before));
        if (before)
            QCOMPARE(*after, *before);
    }

    // Including characters that should have been encoded, which the parser refuses.
    void nothingOfAPasswordIsShown()
    {
        const QString odd = u"/?#@:&=% \\'\"äß"_s;
        const QStringList forms{u"postgresql://me:%1@h:5432/db"_s,
                                u"postgres://me:%1@h/db?schema=a"_s,
                                u"host=h user=me dbname=db password='%1'"_s};
        for (const QString& form : forms) {
            for (const QChar c : odd) {
                const bool isList = form.startsWith("host"_L1);
                QString secret = u"qq"_s + c + u"zz"_s + c + u"qq"_s;
                QString written = secret;
                if (isList)
                    written.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
                const QStringList ways =
                    isList
                        ? QStringList{written}
                        : QStringList{secret, QString::fromLatin1(QUrl::toPercentEncoding(secret))};
                for (const QString& way : ways) {
                    const AddressParts parts = splitAddress(form.arg(way));
                    QVERIFY2(!parts.address.contains("qq"_L1) && !parts.address.contains("zz"_L1),
                             qPrintable(form.arg(way)));
                    QCOMPARE(parts.password, secret);
                    const auto url = DatabaseUrl::parse(joinAddress(parts));
                    QVERIFY2(url, qPrintable(form.arg(way)));
                    QCOMPARE(url->password, secret);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestAddressPassword)
#include "tst_addresspassword.moc"
