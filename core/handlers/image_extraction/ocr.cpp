// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/ocr.h"

#include "core/handlers/image_extraction/confinement.h"

#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;

namespace {
// Words further apart than this many line heights are not one piece of text.
constexpr double kColumnGap = 1.6;
constexpr float kLeastWordConfidence = 25;

bool hasComputedFor(void* seconds, int)
{
    return secondsComputed() > *static_cast<const double*>(seconds);
}

// English always; the others for their accents, if installed, and before it: the first language
// that accepts a word keeps it, and English accepts "Jurgen".
QByteArray installedLanguages()
{
    tesseract::TessBaseAPI probe;
    std::vector<std::string> installed;
    if (probe.Init(nullptr, "eng", tesseract::OEM_LSTM_ONLY) == 0)
        probe.GetAvailableLanguagesAsVector(&installed);
    QByteArray languages;
    for (const char* language : {"fra", "deu", "spa"}) {
        if (std::find(installed.begin(), installed.end(), language) != installed.end())
            languages += QByteArray(language) + '+';
    }
    return languages + "eng";
}

struct Word
{
    QString text;
    QRectF box;
    double confidence = 0;
};

std::vector<Word> wordsOf(tesseract::ResultIterator& it, std::vector<size_t>& lineStarts)
{
    std::vector<Word> words;
    do {
        if (it.IsAtBeginningOf(tesseract::RIL_TEXTLINE))
            lineStarts.push_back(words.size());
        const std::unique_ptr<char[]> text(it.GetUTF8Text(tesseract::RIL_WORD));
        int left = 0, top = 0, right = 0, bottom = 0;
        if (!text || !it.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom))
            continue;
        const float confidence = it.Confidence(tesseract::RIL_WORD);
        const QString word = QString::fromUtf8(text.get()).trimmed();
        if (!word.isEmpty() && confidence >= kLeastWordConfidence)
            words.push_back(
                {word, QRectF(left, top, right - left, bottom - top), double(confidence) / 100});
    } while (it.Next(tesseract::RIL_WORD));
    return words;
}

void appendLine(QVector<TextLine>& lines, const std::vector<Word>& words, size_t from, size_t to)
{
    if (from >= to)
        return;
    TextLine line;
    double weight = 0;
    for (size_t i = from; i < to; ++i) {
        if (!line.text.isEmpty())
            line.text += u' ';
        line.text += words[i].text;
        line.box = line.box.isNull() ? words[i].box : line.box.united(words[i].box);
        line.confidence += words[i].confidence * double(words[i].text.size());
        weight += double(words[i].text.size());
    }
    line.confidence /= weight;
    lines.push_back(line);
}
} // namespace

Ocr::Ocr() = default;
Ocr::~Ocr() = default;

base::Status Ocr::start()
{
    if (m_api)
        return {};
    auto api = std::make_unique<tesseract::TessBaseAPI>();
    if (api->Init(nullptr, installedLanguages().constData(), tesseract::OEM_LSTM_ONLY) != 0)
        return base::fail(ErrorKind::Unsupported,
                          Sentence::tr("Tesseract's language data is missing. Install the package "
                                       "tesseract-ocr-eng."));
    api->SetVariable("debug_file", "/dev/null");
    m_api = std::move(api);
    return {};
}

base::Result<QVector<TextLine>> Ocr::read(Pix* picture, Layout layout, double untilComputed)
{
    if (const base::Status ready = start(); !ready)
        return ready.error();
    m_api->SetPageSegMode(layout == Layout::Auto ? tesseract::PSM_AUTO
                                                 : tesseract::PSM_SPARSE_TEXT);
    m_api->SetImage(picture);
    m_api->SetSourceResolution(300);

    tesseract::ETEXT_DESC monitor;
    monitor.cancel = hasComputedFor;
    monitor.cancel_this = &untilComputed;
    if (m_api->Recognize(&monitor) != 0)
        return base::fail(ErrorKind::Timeout, Sentence::tr("Reading the picture takes too long."));

    QVector<TextLine> lines;
    const std::unique_ptr<tesseract::ResultIterator> it(m_api->GetIterator());
    if (it) {
        std::vector<size_t> starts;
        const std::vector<Word> words = wordsOf(*it, starts);
        starts.push_back(words.size());
        for (size_t line = 0; line + 1 < starts.size(); ++line) {
            size_t from = starts[line];
            for (size_t i = starts[line] + 1; i < starts[line + 1]; ++i) {
                const double height = std::max(words[i - 1].box.height(), words[i].box.height());
                if (words[i].box.left() - words[i - 1].box.right() > kColumnGap * height) {
                    appendLine(lines, words, from, i);
                    from = i;
                }
            }
            appendLine(lines, words, from, starts[line + 1]);
        }
    }
    m_api->Clear();
    std::stable_sort(lines.begin(), lines.end(), [](const TextLine& a, const TextLine& b) {
        return a.box.center().y() < b.box.center().y();
    });
    return lines;
}

} // namespace queuedeck::handlers
