// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QEventLoop>
#include <QString>
#include <QTcpServer>
#include <QTemporaryDir>

#include <functional>
#include <limits>
#include <optional>
#include <thread>

class QSslSocket;

namespace queuedeck::test {

struct WebRequest
{
    QByteArray method;
    QByteArray target;
    QByteArray head; ///< all of it, names as they were sent
    QByteArray body;

    QByteArray header(const QByteArray& name) const; ///< name in lower case
};

/// A small true HTTP server on 127.0.0.1, with or without TLS, that answers as it is told. Lives
/// on the thread of the test, whose event loop it uses.
class WebServer : public QTcpServer
{
public:
    /// Writes the answer and closes the connection, or does not.
    using Script = std::function<void(QTcpSocket&, const WebRequest&)>;

    explicit WebServer(Script script);
    ~WebServer() override;

    bool useTls(const QString& certificate, const QString& key);
    QString url(const QString& path = QStringLiteral("/api/jobs/process"),
                const QString& host = QStringLiteral("127.0.0.1")) const;
    /// Resets connections once this much was read of a request.
    void closeAfter(qsizetype bytes) { m_most = bytes; }
    const QVector<WebRequest>& requests() const { return m_requests; }
    int connections() const { return m_connections; }
    /// All that clients sent, also what was no request; after TLS was taken off.
    QByteArray received() const { return m_received; }

    // Answers.
    static QByteArray counted(int status, const QByteArray& type, const QByteArray& body,
                              const QByteArray& more = {});
    static QByteArray chunked(const QByteArray& json);
    /// As the web application answers a POST.
    static QByteArray processed(int count);
    static Script always(const QByteArray& answer);

protected:
    void incomingConnection(qintptr handle) override;

private:
    void read(QTcpSocket* socket, QByteArray& buffer);

    Script m_script;
    QString m_certificate;
    QString m_key;
    QVector<WebRequest> m_requests;
    QByteArray m_received;
    int m_connections = 0;
    qsizetype m_most = std::numeric_limits<qsizetype>::max();
};

/// What `work` gives, which runs on a thread of its own while the servers of this one serve.
template <class Work>
auto meanwhile(Work work)
{
    std::optional<decltype(work())> result;
    QEventLoop loop;
    std::thread thread([&] {
        result.emplace(work());
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    thread.join();
    return std::move(*result);
}

/// A certificate authority of one test, made with the openssl tool.
class Authority
{
public:
    bool make();
    QString file() const { return m_folder.filePath(QStringLiteral("ca.pem")); }
    /// A certificate NAME.pem and its key NAME.key for `names` ("DNS:localhost,IP:127.0.0.1").
    bool issue(const QString& name, const QString& names, bool isExpired = false);
    bool selfSign(const QString& name, const QString& names);
    QString certificate(const QString& name) const
    {
        return m_folder.filePath(name + QStringLiteral(".pem"));
    }
    QString key(const QString& name) const
    {
        return m_folder.filePath(name + QStringLiteral(".key"));
    }

private:
    bool run(const QStringList& arguments) const;

    QTemporaryDir m_folder;
};

} // namespace queuedeck::test
