// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/ctltest.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {
const QString kProgram = QStringLiteral(QUEUEDECK_BIN_DIR "/queuedeckctl");
constexpr int kPatience = 60'000;
constexpr uid_t kNobody = 65534;
} // namespace

QJsonObject Ran::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QList<QJsonObject> Ran::lines() const
{
    QList<QJsonObject> objects;
    for (const QByteArray& line : out.split('\n')) {
        if (!line.isEmpty())
            objects += QJsonDocument::fromJson(line).object();
    }
    return objects;
}

QString Ran::errorKind() const
{
    const QList<QJsonObject> all = lines();
    return all.isEmpty() ? QString() : all.last()[u"error"_s][u"kind"_s].toString();
}

QByteArray Ran::told() const
{
    return "exit " + QByteArray::number(code) + "\nout: " + out.left(2000) +
           "\nerr: " + err.left(2000);
}

QSet<QString> keys(const QJsonObject& object)
{
    return asSet(object.keys());
}

QSet<QString> asSet(const QStringList& list)
{
    return {list.cbegin(), list.cend()};
}

void CtlTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_environment.clear();
}

void CtlTest::cleanup()
{
    m_dir.reset();
}

void CtlTest::prepare(QProcess& process, const QStringList& arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"QUEUEDECK_DATABASE_URL"_s);
    environment.remove(u"DATABASE_URL"_s);
    environment.insert(u"QUEUEDECK_HOME"_s, path(u"home"_s));
    for (auto variable = m_environment.cbegin(); variable != m_environment.cend(); ++variable)
        environment.insert(variable.key(), variable.value());
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_dir->path());
    process.setProgram(kProgram);
    process.setArguments(arguments);
}

void CtlTest::runAsNobody(QProcess& process, const QString& folder)
{
    const QString copy = folder + u"/queuedeckctl"_s;
    if (!QFile::copy(process.program(), copy) || ::chmod(qPrintable(copy), 0755) != 0)
        qFatal("The program cannot be copied to %s.", qPrintable(copy));
    process.setProgram(copy);
    process.setWorkingDirectory(folder);
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) || ::setgid(kNobody) || ::setuid(kNobody))
            ::_exit(99);
    });
}

Ran CtlTest::finish(QProcess& process) const
{
    if (!process.waitForFinished(kPatience)) {
        process.kill();
        process.waitForFinished();
    }
    const bool isNormal = process.exitStatus() == QProcess::NormalExit;
    return {isNormal ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

Ran CtlTest::ctl(const QStringList& arguments, const QByteArray& input) const
{
    QProcess process;
    prepare(process, arguments);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    return finish(process);
}

QString CtlTest::embedded() const
{
    const QStringList files = QDir(path(u"home"_s)).entryList({u"*.db"_s}, QDir::Files);
    return files.size() == 1 ? path(u"home/"_s + files.first()) : QString();
}

QVariant CtlTest::sql(const QString& statement) const
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
        database.setDatabaseName(embedded());
        database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
        if (!database.open())
            qWarning("%s", qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        if (!query.exec(statement))
            qWarning("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
        else if (query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(u"look"_s);
    return value;
}

QStringList CtlTest::add(int count, const QString& type, const QString& payload) const
{
    const Ran ran =
        json({u"enqueue"_s, type, payload, u"--any-type"_s, u"--count"_s, QString::number(count)});
    QStringList ids;
    for (const QJsonValue id : ran.json()[u"ids"_s].toArray())
        ids += id.toString();
    if (ids.size() != count)
        qWarning("%s", ran.told().constData());
    return ids;
}

qint64 CtlTest::count(const QString& status) const
{
    return json({u"stats"_s}).json()[u"counts"_s][status].toInteger(-1);
}

QStringList CtlTest::cards()
{
    const QDir samples(u"" QUEUEDECK_SOURCE_DIR "/resources/samples"_s);
    QStringList paths;
    for (const QString& name : samples.entryList({u"*card*.png"_s}, QDir::Files, QDir::Name))
        paths += samples.filePath(name);
    return paths;
}
