// SPDX-License-Identifier: GPL-3.0-or-later
// What the dialog asks the service for, and what it makes of the answers.
#include "core/async/deliver.h"
#include "core/service/session.h"
#include "ui/exports/exportcolumns.h"
#include "ui/exports/exportdialog.h"
#include "ui/exports/exportpaths.h"
#include "ui/exports/exportwords.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/strip.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ExportChoice;
using domain::ExportFormat;

namespace {
QString usualFolder()
{
    for (const QString& folder :
         {settings::exportFolder().read(),
          QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)}) {
        if (!folder.isEmpty() && QFileInfo(folder).isDir())
            return folder;
    }
    return QDir::homePath();
}

// Without the endings that a format gives it.
QString baseOf(QString path)
{
    static const QRegularExpression kEnding(u"(\\.(csv|jsonl))?(\\.gz)?$|\\.xlsx$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return path.remove(kEnding);
}
} // namespace

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_formats->checkedId());
}

QString ExportDialog::file() const
{
    QString path = m_file->text().trimmed();
    if (path.startsWith("~/"_L1))
        path.replace(0, 1, QDir::homePath());
    return QFileInfo(path).isRelative() ? QDir(usualFolder()).filePath(path) : path;
}

ExportChoice ExportDialog::choice() const
{
    ExportChoice choice;
    choice.format = format();
    choice.columns = m_columns->chosen();
    choice.payload = m_paths->form();
    choice.paths = choice.columns.contains(domain::ExportColumn::Payload)
                       ? m_paths->paths()
                       : QVector<domain::ExportPath>();
    choice.zone = m_zone->currentData().toByteArray();
    choice.times = ExportChoice::Times(m_times->currentData().toInt());
    choice.hasBom = choice.format == ExportFormat::Csv && m_bom->isChecked();
    choice.isCompressed = choice.format != ExportFormat::Xlsx && m_compress->isChecked();
    return choice;
}

// Keeps what the person typed, but for the ending that says what the file is.
void ExportDialog::nameFile()
{
    static const QRegularExpression kOdd(u"[^\\w.-]+"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    QString base = baseOf(m_file->text().trimmed());
    if (base.isEmpty()) {
        QString name = m_session.info().name.section(u'.', 0, 0).replace(kOdd, u"-"_s);
        name += u"-jobs-"_s + QDate::currentDate().toString(Qt::ISODate);
        base = QDir(usualFolder()).filePath(name);
    }
    const QString ending = u'.' + domain::exportFormatName(format());
    const bool isPacked = format() != ExportFormat::Xlsx && m_compress->isChecked();
    m_file->setText(base + ending + (isPacked ? u".gz"_s : QString()));
    m_mayReplace = false;
    if (m_sample)
        m_error->hide(); // it was about another file
}

void ExportDialog::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Export to"), QFileInfo(file()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // which asks before a file is replaced
    dialog->selectFile(QFileInfo(file()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_file->setText(path);
        m_mayReplace = true;
        m_error->hide();
        showSize();
        updateGo();
    });
    dialog->open();
}

void ExportDialog::changed()
{
    const bool isCsv = format() == ExportFormat::Csv;
    m_formatNote->setText(exportwords::formatNote(format()));
    m_zone->setEnabled(format() != ExportFormat::Jsonl);
    m_times->setEnabled(isCsv);
    m_bom->setVisible(isCsv);
    m_compress->setVisible(format() != ExportFormat::Xlsx);
    const QDateTime example(QDate(2026, 11, 23), QTime(14, 37, 11), Qt::UTC);
    const QDateTime there =
        format() == ExportFormat::Jsonl || m_zone->currentData().toByteArray() == "UTC"
            ? example
            : example.toTimeZone(QTimeZone(m_zone->currentData().toByteArray()));
    const bool isPlain = format() == ExportFormat::Xlsx ||
                         (isCsv && ExportChoice::Times(m_times->currentData().toInt()) ==
                                       ExportChoice::Times::Plain);
    m_timeExample->setText(isPlain ? there.toString(u"yyyy-MM-dd HH:mm:ss"_s)
                                   : there.toString(Qt::ISODate));
    m_paths->setEnabled(m_columns->chosen().contains(domain::ExportColumn::Payload));
    updateGo();
    preview();
}

void ExportDialog::look()
{
    m_error->hide();
    m_foot->setText(tr("Looking at the first jobs…"));
    using Sample = std::shared_ptr<const service::ExportService::Sample>;
    async::deliver(m_session.exports().sample(m_question.scope), this,
                   [this](const base::Result<Sample>& sample) {
                       if (!sample) {
                           m_foot->setText({});
                           m_error->say(Strip::Kind::Error, errorLine(sample.error()),
                                        tr("Try Again"));
                           return;
                       }
                       m_sample = *sample;
                       m_paths->setPlaces(m_sample->places);
                       updateGo();
                       preview();
                   });
}

// One question at a time; of the choices made meanwhile, only the last is asked for.
void ExportDialog::preview()
{
    if (!m_sample || m_isRunning)
        return;
    m_isStale = true;
    if (m_isPreviewing)
        return;
    m_isPreviewing = true;
    m_isStale = false;
    async::deliver(m_session.exports().preview(m_sample, choice()), this,
                   [this](const base::Result<domain::ExportPreview>& preview) {
                       m_isPreviewing = false;
                       if (m_isStale)
                           this->preview();
                       else
                           showPreview(preview);
                   });
}

void ExportDialog::showPreview(const base::Result<domain::ExportPreview>& preview)
{
    if (!preview) {
        m_preview = {};
        m_lines->clear();
        m_foot->setText(errorLine(preview.error()));
        return;
    }
    m_preview = *preview;
    QStringList lines;
    constexpr qsizetype kLongest = 2'000;
    for (const QString& line : preview->lines)
        lines += showControls(line.left(kLongest));
    m_lines->setPlainText(lines.join(u'\n'));
    showSize();
}

void ExportDialog::showSize()
{
    if (m_isRunning)
        return;
    using Place = service::ExportService::Place;
    async::deliver(
        m_session.exports().place(file()), this, [this](const base::Result<Place>& place) {
            if (m_isRunning || m_preview.jobs == 0)
                return;
            const domain::MatchCount& count = m_question.count;
            const double times = double(count.about.value_or(count.count)) / double(m_preview.jobs);
            const QString plain = formatBytes(qint64(double(m_preview.bytes) * times));
            const QString packed = formatBytes(qint64(double(m_preview.compressedBytes) * times));
            QString said =
                choice().isCompressed
                    ? tr("About %1, %2 compressed").arg(plain, packed)
                    : tr("About %1").arg(format() == ExportFormat::Xlsx ? packed : plain);
            if (place && place->freeBytes >= 0)
                said += u"; "_s + tr("%1 free").arg(formatBytes(place->freeBytes));
            m_foot->setText(said + u'.');
        });
}

void ExportDialog::updateGo()
{
    const domain::MatchCount& count = m_question.count;
    const bool isTooMany =
        format() == ExportFormat::Xlsx && count.about.value_or(count.count) > domain::kMostInSheet;
    if (isTooMany)
        m_formatNote->setText(tr("A sheet holds at most %1 jobs. Choose CSV or JSONL, or narrow "
                                 "the filter.")
                                  .arg(formatCount(domain::kMostInSheet)));
    m_formatNote->setColor(isTooMany ? Color::Danger : Color::Muted);
    m_go->setText(exportwords::goButton(count));
    m_go->setEnabled(m_sample && !isTooMany && !m_columns->chosen().isEmpty() &&
                     !m_file->text().trimmed().isEmpty());
}

void ExportDialog::go()
{
    if (m_mayReplace) { // the dialog for files has asked
        write(true);
        return;
    }
    m_go->setEnabled(false);
    using Place = service::ExportService::Place;
    async::deliver(m_session.exports().place(file()), this,
                   [this](const base::Result<Place>& place) {
                       updateGo();
                       if (place && place->isTaken)
                           m_error->say(Strip::Kind::Warning,
                                        tr("There is a file %1 already.")
                                            .arg(showControls(QFileInfo(file()).fileName())),
                                        tr("Replace It"));
                       else
                           write(false);
                   });
}

void ExportDialog::write(bool mayReplace)
{
    service::ExportService::Request request;
    request.scope = m_question.scope;
    request.choice = choice();
    request.file = file();
    request.mayReplace = mayReplace;
    m_stop = std::stop_source();
    m_written = std::make_shared<std::atomic<qint64>>(0);
    setRunning(true);
    const auto progress = [written = m_written](qint64 jobs) { *written = jobs; };
    async::deliver(m_session.exports().write(request, m_stop.get_token(), progress), this,
                   [this, path = request.file](const base::Result<domain::ExportReport>& report) {
                       setRunning(false);
                       if (!report) {
                           failed(report.error());
                           return;
                       }
                       settings::exportFolder().write(QFileInfo(path).absolutePath());
                       settings::exportFormat().write(domain::exportFormatName(format()));
                       accept(); // first, since the report may open a dialog of its own
                       Q_EMIT exported(exportwords::doneText(*report, path));
                   });
}

void ExportDialog::failed(const base::Error& error)
{
    const qint64 written = m_written ? m_written->load() : 0;
    if (error.kind == base::ErrorKind::Cancelled) {
        m_foot->setText(tr("Stopped after %1. No file was written.").arg(formatCount(written)));
        return;
    }
    m_error->say(Strip::Kind::Error, errorLine(error));
    if (written > 0)
        m_foot->setText(tr("Ended after %1. The file was removed.").arg(formatCount(written)));
}

void ExportDialog::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_body->setEnabled(!isRunning);
    m_error->hide();
    m_bar->setVisible(isRunning);
    m_safe->setVisible(!isRunning);
    m_go->setVisible(!isRunning);
    m_stopButton->setVisible(isRunning);
    m_stopButton->setEnabled(isRunning);
    if (isRunning) {
        const domain::MatchCount& count = m_question.count;
        const qint64 total = count.about.value_or(count.count);
        m_bar->setRange(0, total > 0 ? 1000 : 0); // thousandths: the numbers may be too large
        m_bar->setValue(0);
        m_stopButton->setFocus(Qt::OtherFocusReason);
        m_progressTimer.start();
        showProgress();
    } else {
        m_progressTimer.stop();
        m_safe->setFocus(Qt::OtherFocusReason);
    }
}

void ExportDialog::showProgress()
{
    const domain::MatchCount& count = m_question.count;
    const qint64 total = std::max<qint64>(1, count.about.value_or(count.count));
    const qint64 done = m_written->load();
    m_bar->setValue(int(std::min<qint64>(1000, done * 1000 / total)));
    if (m_stopButton->isEnabled())
        m_foot->setText(
            tr("%1 of %2 written.").arg(formatCount(done), exportwords::countText(count)));
}

void ExportDialog::reject()
{
    m_stop.request_stop();
    if (m_isRunning) {
        m_stopButton->setEnabled(false);
        m_foot->setText(tr("Stopping…"));
        return;
    }
    QDialog::reject();
}

void ExportDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // Enter fires only the button that has the focus: there is no default.
        if (auto* button = qobject_cast<QPushButton*>(focusWidget()))
            button->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace queuedeck::ui
