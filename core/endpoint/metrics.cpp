// SPDX-License-Identifier: GPL-3.0-or-later
// Prometheus' text format: names, units and histograms by its conventions.
#include "core/endpoint/answers.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

using domain::HistoryFigures;
using domain::LogHistogram;

namespace {
// Seconds. The buckets of the history are finer: what is near a limit may count on either side.
constexpr std::array<double, 20> kLimits{0.005, 0.01, 0.025, 0.05, 0.1,   0.25, 0.5,
                                         1,     2.5,  5,     10,   30,    60,   120,
                                         300,   600,  1800,  3600, 21600, 86400};

void addMetric(QByteArray& text, const char* name, const char* type, const char* help)
{
    text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

void addValue(QByteArray& text, const char* name, const QByteArray& labels, qint64 value)
{
    text += name + labels + ' ' + QByteArray::number(value) + '\n';
}

// A type is anybody's text.
QByteArray labelValue(const QString& text)
{
    QByteArray value;
    for (const char c : text.toUtf8()) {
        if (c == '\n')
            value += "\\n";
        else if (c == '"' || c == '\\')
            value += QByteArray(1, '\\') + c;
        else
            value += c;
    }
    return value;
}

void addHistogram(QByteArray& text, const QByteArray& name, const QByteArray& type,
                  const LogHistogram& times)
{
    const QByteArray labels = "{type=\"" + type + '"';
    for (const double limit : kLimits) {
        const auto micros = LogHistogram::Duration(qint64(limit * 1e6));
        text += name + "_bucket" + labels + ",le=\"" + QByteArray::number(limit) + "\"} " +
                QByteArray::number(times.countUpTo(micros)) + '\n';
    }
    const QByteArray count = QByteArray::number(times.count());
    text += name + "_bucket" + labels + ",le=\"+Inf\"} " + count + '\n';
    text += name + "_sum" + labels + "} " +
            QByteArray::number(double(times.sum().count()) / 1e6, 'f', 6) + '\n';
    text += name + "_count" + labels + "} " + count + '\n';
}

// Each metric in one piece, as the format wants it.
void addHistory(QByteArray& text, const QMap<QString, HistoryFigures>& history)
{
    if (history.isEmpty())
        return;
    addMetric(text, "queuedeck_attempts_total", "counter",
              "Attempts that Queuedeck's engines ended since the history began, by type and "
              "outcome: retried ones failed and are tried again.");
    for (auto type = history.cbegin(); type != history.cend(); ++type) {
        const QByteArray labels = "{type=\"" + labelValue(type.key()) + "\",outcome=\"";
        addValue(text, "queuedeck_attempts_total", labels + "completed\"}", type->completed);
        addValue(text, "queuedeck_attempts_total", labels + "failed\"}", type->failed);
        addValue(text, "queuedeck_attempts_total", labels + "retried\"}", type->retried);
    }
    addMetric(text, "queuedeck_job_wait_seconds", "histogram",
              "Created to started, of first attempts.");
    for (auto type = history.cbegin(); type != history.cend(); ++type)
        addHistogram(text, "queuedeck_job_wait_seconds", labelValue(type.key()), type->wait);
    addMetric(text, "queuedeck_job_run_seconds", "histogram",
              "Started to ended, of every attempt.");
    for (auto type = history.cbegin(); type != history.cend(); ++type)
        addHistogram(text, "queuedeck_job_run_seconds", labelValue(type.key()), type->run);
}
} // namespace

Response metricsResponse(const domain::QueueSnapshot& snapshot,
                         const QMap<QString, domain::HistoryFigures>& history, const Totals& totals)
{
    QByteArray text;
    addMetric(text, "queuedeck_jobs", "gauge", "Jobs in the table, by status.");
    const auto& counts = snapshot.counts;
    addValue(text, "queuedeck_jobs", "{status=\"pending\"}", counts.pending);
    addValue(text, "queuedeck_jobs", "{status=\"processing\"}", counts.processing);
    addValue(text, "queuedeck_jobs", "{status=\"completed\"}", counts.completed);
    addValue(text, "queuedeck_jobs", "{status=\"failed\"}", counts.failed);
    addValue(text, "queuedeck_jobs", "{status=\"other\"}", counts.other);
    addMetric(text, "queuedeck_dead_jobs", "gauge", "Pending jobs whose attempts are spent.");
    addValue(text, "queuedeck_dead_jobs", {}, snapshot.dead);
    addMetric(text, "queuedeck_stuck_jobs", "gauge", "Processing jobs that nothing works on.");
    addValue(text, "queuedeck_stuck_jobs", {}, snapshot.stuck);
    addMetric(text, "queuedeck_oldest_pending_seconds", "gauge",
              "Age of the oldest job that can still run; 0 when there is none.");
    addValue(text, "queuedeck_oldest_pending_seconds", {},
             snapshot.oldestPending.isValid()
                 ? std::max<qint64>(0, snapshot.oldestPending.secsTo(snapshot.takenAt))
                 : 0);
    addMetric(text, "queuedeck_attempts_last_hour", "gauge",
              "Attempts of the last hour that Queuedeck ran, by outcome.");
    addValue(text, "queuedeck_attempts_last_hour", "{outcome=\"completed\"}",
             snapshot.completedLastHour);
    addValue(text, "queuedeck_attempts_last_hour", "{outcome=\"failed\"}", snapshot.failedLastHour);
    addHistory(text, history);
    addMetric(text, "queuedeck_endpoint_processed_total", "counter",
              "Jobs this endpoint completed since it was started.");
    addValue(text, "queuedeck_endpoint_processed_total", {}, totals.processed);
    addMetric(text, "queuedeck_endpoint_failed_total", "counter",
              "Attempts that failed in this endpoint since it was started.");
    addValue(text, "queuedeck_endpoint_failed_total", {}, totals.failed);
    addMetric(text, "queuedeck_endpoint_batches_total", "counter",
              "Batches this endpoint ran since it was started.");
    addValue(text, "queuedeck_endpoint_batches_total", {}, totals.batches);
    addMetric(text, "queuedeck_endpoint_running", "gauge", "1 while a batch runs.");
    addValue(text, "queuedeck_endpoint_running", {}, totals.isRunning ? 1 : 0);
    return {.body = text, .type = "text/plain; version=0.0.4; charset=utf-8", .wasKnown = true};
}

} // namespace queuedeck::endpoint
