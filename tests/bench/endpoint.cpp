// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/endpoint.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cmath>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
using Steady = std::chrono::steady_clock;
constexpr int kConnections = 8;
constexpr int kPace = 2'000; ///< requests per second
constexpr std::chrono::seconds kSpan{5};
constexpr int kPatience = 60'000;
const QByteArray kKey = "0123456789abcdef0123456789abcdef";

QByteArray request(const QByteArray& path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + kKey + "\r\n\r\n";
}

/// One persistent connection.
class Line
{
public:
    explicit Line(quint16 port)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            qFatal("bench: no connection to the endpoint");
    }
    ~Line() { ::close(m_socket); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void ask(const QByteArray& bytes)
    {
        if (::send(m_socket, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL) != bytes.size())
            qFatal("bench: the endpoint closed a connection");
        m_read.clear();
        qsizetype whole = -1;
        char piece[16'384];
        while (whole < 0 || m_read.size() < whole) {
            const ssize_t size = ::recv(m_socket, piece, sizeof piece, 0);
            if (size <= 0)
                qFatal("bench: the endpoint closed a connection");
            m_read.append(piece, size);
            const qsizetype end = whole < 0 ? m_read.indexOf("\r\n\r\n") : -1;
            if (end >= 0) {
                const qsizetype at = m_read.indexOf("Content-Length: ") + 16;
                whole = end + 4 + m_read.mid(at, m_read.indexOf('\r', at) - at).toLongLong();
            }
        }
        if (!m_read.startsWith("HTTP/1.1 200 "))
            qFatal("bench: %s", m_read.left(200).constData());
    }

private:
    const int m_socket;
    QByteArray m_read;
};

struct Figures
{
    double perSecond = 0;
    std::vector<double> milliseconds;

    QJsonObject json()
    {
        std::sort(milliseconds.begin(), milliseconds.end());
        const auto at = [this](double share) {
            return std::round(milliseconds[size_t(double(milliseconds.size() - 1) * share)] *
                              1000) /
                   1000;
        };
        return {{u"perSecond"_s, std::round(perSecond)},
                {u"p50Ms"_s, at(0.5)},
                {u"p99Ms"_s, at(0.99)},
                {u"worstMs"_s, at(1)}};
    }
};

/// `pace` requests per second in total; 0: as fast as possible.
Figures measure(quint16 port, const QByteArray& path, int pace)
{
    std::vector<std::vector<double>> times(kConnections);
    std::vector<std::thread> threads;
    const auto start = Steady::now() + std::chrono::milliseconds(50);
    for (int i = 0; i < kConnections; ++i) {
        threads.emplace_back([&, i] {
            Line line(port);
            const QByteArray bytes = request(path);
            for (int n = 0; Steady::now() < start + kSpan; ++n) {
                auto due = Steady::now();
                if (pace > 0) {
                    due = start + std::chrono::nanoseconds(1'000'000'000) *
                                      (qint64(n) * kConnections + i) / pace;
                    std::this_thread::sleep_until(due);
                }
                line.ask(bytes);
                times[size_t(i)].push_back(
                    std::chrono::duration<double, std::milli>(Steady::now() - due).count());
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    const std::chrono::duration<double> took = Steady::now() - start;
    Figures figures;
    for (const auto& list : times)
        figures.milliseconds.insert(figures.milliseconds.end(), list.begin(), list.end());
    figures.perSecond = double(figures.milliseconds.size()) / took.count();
    return figures;
}

void prepare(QProcess& process, const QString& home, const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"QUEUEDECK_DATABASE_URL"_s);
    environment.remove(u"DATABASE_URL"_s);
    environment.insert(u"QUEUEDECK_HOME"_s, home);
    environment.insert(u"JOB_PROCESSOR_API_KEY"_s, QString::fromLatin1(kKey));
    process.setProcessEnvironment(environment);
    process.setProgram(
        QDir(QCoreApplication::applicationDirPath()).filePath(u"../bin/queuedeckctl"_s));
    process.setArguments(QStringList{u"--json"_s} + arguments);
    process.start();
}
} // namespace

QJsonObject endpoint()
{
    const QTemporaryDir home;
    QProcess adding;
    prepare(adding, home.path(),
            {u"enqueue"_s, u"report_generation"_s, u"{}"_s, u"--count"_s, u"1000"_s});
    if (!adding.waitForFinished(kPatience) || adding.exitCode() != 0)
        qFatal("bench: %s", adding.readAllStandardError().constData());
    QProcess server;
    prepare(server, home.path(), {u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    if (!server.waitForReadyRead(kPatience))
        qFatal("bench: %s", server.readAllStandardError().constData());
    const QString url = QJsonDocument::fromJson(server.readLine())[u"url"_s].toString();
    const auto port = quint16(url.mid(url.lastIndexOf(u':') + 1).toUInt());
    const QJsonObject figures{
        {u"get"_s, measure(port, "/api/jobs/process", 0).json()},
        {u"healthz"_s, measure(port, "/healthz", 0).json()},
        {u"getAt2000"_s, measure(port, "/api/jobs/process", kPace).json()},
    };
    server.terminate();
    if (!server.waitForFinished(kPatience))
        server.kill();
    return figures;
}

} // namespace queuedeck::bench
