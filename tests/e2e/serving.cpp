// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/serving.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {
constexpr int kPatience = 60'000;
} // namespace

QJsonObject Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray requestBytes(const QByteArray& method, const QByteArray& target,
                        const QByteArrayList& headers, const QByteArray& body)
{
    QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const QByteArray& header : headers)
        bytes += header + "\r\n";
    return bytes + "\r\n" + body;
}

std::unique_ptr<QTcpSocket> Client::connect(const QString& from) const
{
    auto socket = std::make_unique<QTcpSocket>();
    if (from != "127.0.0.1"_L1)
        socket->bind(QHostAddress(from));
    socket->connectToHost(u"127.0.0.1"_s, m_port);
    socket->waitForConnected(kPatience);
    return socket;
}

Answer Client::read(QTcpSocket& socket)
{
    Answer answer;
    QByteArray bytes = socket.readAll();
    QElapsedTimer timer;
    timer.start();
    qsizetype end = -1;
    qsizetype wanted = 0;
    for (;;) {
        end = bytes.indexOf("\r\n\r\n");
        if (end >= 0) {
            const qsizetype at = bytes.indexOf("Content-Length: ") + 16;
            wanted = end + 4 + bytes.mid(at, bytes.indexOf('\r', at) - at).toLongLong();
            if (bytes.size() >= wanted)
                break;
        }
        if (!socket.waitForReadyRead(kPatience) || timer.elapsed() > kPatience)
            break;
        bytes += socket.readAll();
    }
    if (end < 0)
        return answer;
    answer.status = bytes.mid(9, 3).toInt();
    answer.head = bytes.left(end + 2);
    answer.body = bytes.mid(end + 4);
    return answer;
}

Answer Client::raw(const QByteArray& bytes, const QString& from) const
{
    const auto socket = connect(from);
    constexpr qsizetype kPiece = 256 * 1024;
    for (qsizetype sent = 0; sent < bytes.size() && socket->state() == QTcpSocket::ConnectedState;
         sent += kPiece) {
        socket->write(bytes.mid(sent, kPiece));
        while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(kPatience)) {
        }
        if (socket->bytesAvailable() > 0)
            break; // answered before everything was sent
    }
    return read(*socket);
}

qint64 residentKb(qint64 pid)
{
    QFile status(u"/proc/%1/status"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

Served::~Served()
{
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    }
}

bool Served::wait()
{
    if (!process.waitForReadyRead(kPatience))
        return false;
    url = QJsonDocument::fromJson(process.readLine())[u"url"_s].toString();
    port = quint16(url.mid(url.lastIndexOf(u':') + 1).toUInt());
    return port != 0;
}

bool ServeTest::serve(Served& served, const QStringList& arguments, bool withCron)
{
    setVariable(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(kKey));
    setVariable(u"CRON_SECRET"_s, withCron ? QString::fromLatin1(kCron) : QString());
    QStringList all{u"--json"_s, u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s};
    prepare(served.process, all + arguments);
    served.process.start();
    if (served.wait())
        return true;
    qWarning("%s", served.process.readAllStandardError().constData());
    return false;
}

int ServeTest::addCards(int rounds)
{
    const QStringList files = cards();
    for (int i = 0; i < rounds; ++i)
        json(QStringList{u"scan"_s} + files);
    return int(files.size()) * rounds;
}

std::unique_ptr<QTcpSocket> ServeTest::startBatch(const Served& served)
{
    auto socket = served.client().connect();
    socket->write(requestBytes("POST", kProcess + "?maxJobs=1000", {kWithKey}));
    socket->flush();
    if (!QTest::qWaitFor([this] { return count(u"processing"_s) > 0; }, kPatience))
        qFatal("No batch begins.");
    return socket;
}
