// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/imageprepare.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <leptonica/allheaders.h>
#include <optional>

namespace queuedeck::handlers {

namespace {
// At this size, a card's letters suit the recogniser; larger ones lose accents and cost time.
constexpr int kGoodLongSide = 1200;
constexpr int kBiggestLongSide = 2600;
} // namespace

void PixDeleter::operator()(Pix* pix) const
{
    pixDestroy(&pix);
}

PixPtr toGrey(const QImage& image)
{
    setMsgSeverity(L_SEVERITY_NONE); // leptonica writes to the terminal otherwise
    // Transparent parts become white, like paper.
    QImage flat;
    if (image.hasAlphaChannel())
        flat = QImage(image.size(), QImage::Format_RGB32);
    for (int y = 0; y < flat.height(); ++y) {
        const QImage line =
            image.copy(0, y, image.width(), 1).convertToFormat(QImage::Format_ARGB32_Premultiplied);
        const auto* from = reinterpret_cast<const QRgb*>(line.constScanLine(0));
        auto* to = reinterpret_cast<QRgb*>(flat.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int white = 255 - qAlpha(from[x]);
            to[x] = qRgb(qRed(from[x]) + white, qGreen(from[x]) + white, qBlue(from[x]) + white);
        }
    }
    const QImage grey = (flat.isNull() ? image : flat).convertToFormat(QImage::Format_Grayscale8);
    PixPtr pix(pixCreate(grey.width(), grey.height(), 8));
    if (!pix)
        return pix;
    l_uint32* data = pixGetData(pix.get());
    const int words = pixGetWpl(pix.get());
    for (int y = 0; y < grey.height(); ++y) {
        const uchar* line = grey.constScanLine(y);
        l_uint32* target = data + qsizetype(y) * words;
        for (int x = 0; x < grey.width(); ++x)
            SET_DATA_BYTE(target, x, line[x]);
    }
    return pix;
}

PixPtr turned(const Pix* pix, int quarters)
{
    if (quarters % 4 == 0)
        return PixPtr(pixCopy(nullptr, const_cast<Pix*>(pix)));
    return PixPtr(pixRotateOrth(const_cast<Pix*>(pix), quarters % 4));
}

namespace {
struct Corners
{
    // top left, top right, bottom right, bottom left
    std::array<float, 4> x{};
    std::array<float, 4> y{};

    double side(int from, int to) const
    {
        return std::hypot(double(x[size_t(to)] - x[size_t(from)]),
                          double(y[size_t(to)] - y[size_t(from)]));
    }
    double area() const
    {
        double sum = 0;
        for (size_t i = 0; i < 4; ++i) {
            const size_t next = (i + 1) % 4;
            sum += double(x[i]) * y[next] - double(x[next]) * y[i];
        }
        return std::abs(sum) / 2;
    }
};

// The four outermost points of a blob in the diagonal directions, which are the corners of a card
// that is rotated by less than 45 degrees.
Corners cornersOf(Pix* blob, int left, int top)
{
    Corners corners;
    std::array<int, 4> best{INT_MAX, INT_MIN, INT_MIN, INT_MAX};
    for (int y = 0; y < pixGetHeight(blob); ++y) {
        for (int x = 0; x < pixGetWidth(blob); ++x) {
            l_uint32 on = 0;
            pixGetPixel(blob, x, y, &on);
            if (!on)
                continue;
            const std::array<int, 4> reach{x + y, x - y, x + y, x - y};
            for (size_t i = 0; i < 4; ++i) {
                const bool isBetter = (i == 1 || i == 2) ? reach[i] > best[i] : reach[i] < best[i];
                if (isBetter) {
                    best[i] = reach[i];
                    corners.x[i] = float(x + left);
                    corners.y[i] = float(y + top);
                }
            }
        }
    }
    return corners;
}

// The card in a small binary picture: one large blob that fills its quadrilateral and leaves some
// background around it. Nothing if there is none.
std::optional<Corners> findCard(Pix* binary)
{
    Pixa* parts = nullptr;
    Boxa* boxes = pixConnComp(binary, &parts, 4);
    std::optional<Corners> found;
    int bestArea = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); ++i) {
        int x = 0, y = 0, w = 0, h = 0;
        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        if (w * h <= bestArea)
            continue;
        PixPtr part(pixaGetPix(parts, i, L_CLONE));
        PixPtr whole(pixFillClosedBorders(part.get(), 4));
        Pix* blob = whole ? whole.get() : part.get();
        int filled = 0;
        pixCountPixels(blob, &filled, nullptr);
        const Corners corners = cornersOf(blob, x, y);
        const double total = double(pixGetWidth(binary)) * pixGetHeight(binary);
        const double area = corners.area();
        // A card on a background touches no edge of the picture; a bright half of a scanned one
        // does.
        const bool isInside =
            x > 2 && y > 2 && x + w < pixGetWidth(binary) - 2 && y + h < pixGetHeight(binary) - 2;
        if (isInside && area > 0.12 * total && filled > 0.82 * area && filled < 1.12 * area) {
            bestArea = w * h;
            found = corners;
        }
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return found;
}

PixPtr straightened(Pix* grey, const Corners& corners)
{
    const double width = std::max(corners.side(0, 1), corners.side(3, 2));
    const double height = std::max(corners.side(0, 3), corners.side(1, 2));
    if (width < 100 || height < 60)
        return {};
    Pta* from = ptaCreate(4);
    Pta* to = ptaCreate(4);
    const std::array<double, 4> targetX{0, width, width, 0};
    const std::array<double, 4> targetY{0, 0, height, height};
    for (size_t i = 0; i < 4; ++i) {
        ptaAddPt(from, corners.x[i], corners.y[i]);
        ptaAddPt(to, float(targetX[i]), float(targetY[i]));
    }
    PixPtr flat(pixProjectivePta(grey, to, from, L_BRING_IN_WHITE));
    ptaDestroy(&from);
    ptaDestroy(&to);
    if (!flat)
        return {};
    Box* frame = boxCreate(0, 0, int(width), int(height));
    PixPtr card(pixClipRectangle(flat.get(), frame, nullptr));
    boxDestroy(&frame);
    return card;
}
} // namespace

PixPtr cutOutCard(const Pix* picture)
{
    Pix* grey = const_cast<Pix*>(picture);
    constexpr double kSmall = 480;
    const double scale = std::min(1.0, kSmall / std::max(pixGetWidth(grey), pixGetHeight(grey)));
    PixPtr small(pixScale(grey, float(scale), float(scale)));
    if (!small)
        return {};
    PixPtr smooth(pixBlockconv(small.get(), 3, 3));
    int threshold = 128;
    if (!smooth ||
        pixSplitDistributionFgBg(smooth.get(), 0.1F, 1, &threshold, nullptr, nullptr, nullptr))
        return {};
    PixPtr binary(pixThresholdToBinary(smooth.get(), threshold)); // dark pixels are on
    if (!binary)
        return {};
    PixPtr bright(pixInvert(nullptr, binary.get()));
    for (Pix* candidate : {bright.get(), binary.get()}) { // a light card first, then a dark one
        auto corners = findCard(candidate);
        if (!corners)
            continue;
        for (size_t i = 0; i < 4; ++i) {
            corners->x[i] = float(corners->x[i] / scale);
            corners->y[i] = float(corners->y[i] / scale);
        }
        if (PixPtr card = straightened(grey, *corners))
            return card;
    }
    return {};
}

namespace {
// Light text is on backgrounds up to this grey, such as a red of #c2452d.
constexpr int kDarkBelow = 150;
// A band or a whole card with a dark background; letters alone never cover as much.
constexpr double kDarkGround = 0.13;

PixPtr rotated(PixPtr pix, float radians)
{
    // Given its own size, it grows so that no corner is lost.
    PixPtr straight(pixRotate(pix.get(), radians, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE,
                              pixGetWidth(pix.get()), pixGetHeight(pix.get())));
    return straight ? std::move(straight) : std::move(pix);
}

bool hasDarkGround(Pix* grey)
{
    const PixPtr dark(pixThresholdToBinary(grey, kDarkBelow));
    l_float32 share = 0;
    return dark && pixForegroundFraction(dark.get(), &share) == 0 && double(share) > kDarkGround;
}

// The angle that makes the lines of text level, in radians; 0 if that is not clear.
float skewOf(Pix* grey)
{
    constexpr float kWidestDegrees = 15;
    constexpr float kStepDegrees = 1;
    constexpr float kFinestDegrees = 0.01F;
    float angle = 0;
    float certainty = 0;
    const PixPtr binary(pixThresholdToBinary(grey, 150));
    if (!binary ||
        pixFindSkewSweepAndSearch(binary.get(), &angle, &certainty, 2, 1, kWidestDegrees,
                                  kStepDegrees, kFinestDegrees) != 0 ||
        certainty < 2.5F || std::abs(angle) < 0.2F)
        return 0;
    return angle * 3.14159265F / 180.0F;
}
} // namespace

namespace {
PixPtr ofGoodSize(const Pix* source)
{
    Pix* grey = const_cast<Pix*>(source);
    const int longSide = std::max(pixGetWidth(grey), pixGetHeight(grey));
    double scale = 1.0;
    if (longSide < kGoodLongSide)
        scale = std::min(4.0, double(kGoodLongSide) / longSide);
    else if (longSide > kBiggestLongSide)
        scale = double(kBiggestLongSide) / longSide;
    return PixPtr(scale == 1.0 ? pixCopy(nullptr, grey)
                               : pixScale(grey, float(scale), float(scale)));
}

// Evens out the light by dividing by the background, which small pictures do not show. It becomes
// nearly white, so that the white corners of a rotated picture do not frame it.
PixPtr evenlyLit(Pix* grey)
{
    constexpr int kGround = 245;
    PixPtr even(pixBackgroundNorm(grey, nullptr, nullptr, 30, 40, 60, 40, kGround, 2, 2));
    return even ? std::move(even) : PixPtr(pixCopy(nullptr, grey));
}
} // namespace

bool isNoise(const Pix* grey)
{
    constexpr int kMostSpots = 6'000;
    const PixPtr scaled = ofGoodSize(grey);
    const PixPtr even = scaled ? evenlyLit(scaled.get()) : PixPtr();
    const PixPtr binary(even ? pixThresholdToBinary(even.get(), 150) : nullptr);
    l_int32 spots = 0;
    return binary && pixCountConnComp(binary.get(), 8, &spots) == 0 && spots > kMostSpots;
}

Readable prepareForReading(const Pix* grey)
{
    const PixPtr scaled = ofGoodSize(grey);
    if (!scaled)
        return {};
    PixPtr even = evenlyLit(scaled.get());
    PixPtr dark;
    if (hasDarkGround(scaled.get()))
        dark.reset(pixInvert(nullptr, scaled.get()));
    const float skew = even ? skewOf(even.get()) : 0;
    if (skew != 0) {
        even = rotated(std::move(even), skew);
        if (dark)
            dark = rotated(std::move(dark), skew);
    }
    return {std::move(even), std::move(dark)};
}

} // namespace queuedeck::handlers
